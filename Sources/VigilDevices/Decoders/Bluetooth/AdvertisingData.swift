import VigilCore

/// What an advertiser said: its AD structures, one after the other, each by what it holds.
// Source: Supplement to the Bluetooth Core Specification, part A.
struct AdvertisingData {
    /// One AD structure.
    struct Structure {
        enum Content {
            case flags(UInt8)
            /// Services that the device has.
            case services([BluetoothUUID])
            case name(String)
            case appearance(UInt16)
            case serviceData(BluetoothUUID, ArraySlice<UInt8>)
            /// By the company's number.
            case manufacturerData(UInt16, ArraySlice<UInt8>)
            /// Of a type that is of no use here, or too short for its type.
            case other(UInt8, ArraySlice<UInt8>)
        }

        let content: Content
        /// Where it stands, its length included.
        let range: Range<Int>
    }

    private(set) var structures: [Structure] = []
    /// Where it lied; nil where it did not.
    private(set) var fault: String?

    init(_ bytes: ArraySlice<UInt8>) {
        var structures = ADStructures(bytes)
        while let structure = structures.next() {
            self.structures.append(Structure(content: Self.content(structure), range: structure.range))
        }
        fault = structures.fault
    }

    /// What stands first for a service.
    func serviceData(_ service: BluetoothUUID) -> ArraySlice<UInt8>? { everyServiceData(service).first }

    /// What is said for a service, each of its structures apart.
    func everyServiceData(_ service: BluetoothUUID) -> [ArraySlice<UInt8>] {
        structures.compactMap { if case .serviceData(service, let bytes) = $0.content { bytes } else { nil } }
    }

    /// Each of the structures of a service apart, with none of another: a device may say one thing plainly and another encrypted.
    func apart(_ service: BluetoothUUID) -> [AdvertisingData] {
        structures.compactMap { structure in
            guard case .serviceData(service, _) = structure.content else { return nil }
            var part = self
            part.structures = [structure]
            return part
        }
    }

    /// What a company says, each of its structures apart.
    func manufacturerData(_ company: UInt16) -> [ArraySlice<UInt8>] {
        structures.compactMap { if case .manufacturerData(company, let bytes) = $0.content { bytes } else { nil } }
    }

    /// The name that the device gives itself; nil where it is cut off in the middle of a letter.
    var name: String? {
        for structure in structures {
            if case .name(let name) = structure.content { return name }
        }
        return nil
    }

    private static func content(_ structure: ADStructures.Structure) -> Structure.Content {
        let bytes = structure.data
        let content: Structure.Content? =
            switch structure.type {
            case .flags: bytes.first.map { .flags($0) }
            case .someServices16, .allServices16: services(bytes, of: 2)
            case .someServices32, .allServices32: services(bytes, of: 4)
            case .someServices128, .allServices128: services(bytes, of: 16)
            case .shortName, .name: String(validating: bytes, as: UTF8.self).map { .name($0) }
            case .serviceData16: serviceData(bytes, of: 2)
            case .serviceData32: serviceData(bytes, of: 4)
            case .serviceData128: serviceData(bytes, of: 16)
            case .appearance: bytes.count == 2 ? .appearance(UInt16(truncatingIfNeeded: bytes.littleEndian)) : nil
            case .manufacturerData: manufacturerData(bytes)
            case nil: nil
            }
        return content ?? .other(structure.code, bytes)
    }

    private static func services(_ bytes: ArraySlice<UInt8>, of length: Int) -> Structure.Content {
        var reader = ByteReader(bytes)
        var services: [BluetoothUUID] = []
        while let uuid = reader.take(length).flatMap({ BluetoothUUID(overTheAir: $0) }) { services.append(uuid) }
        return .services(services)
    }

    private static func serviceData(_ bytes: ArraySlice<UInt8>, of length: Int) -> Structure.Content? {
        guard bytes.count >= length else { return nil }
        return BluetoothUUID(overTheAir: bytes.prefix(length)).map { .serviceData($0, bytes.dropFirst(length)) }
    }

    private static func manufacturerData(_ bytes: ArraySlice<UInt8>) -> Structure.Content? {
        var reader = ByteReader(bytes)
        return reader.word().map { .manufacturerData($0, reader.rest) }
    }
}
