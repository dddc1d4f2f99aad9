/// What an advertiser said: its AD structures, one after the other.
///
/// A structure that lies about its length ends it; what came before holds.
// Source: Bluetooth Core Specification 5.4, volume 3, part C, section 11; Supplement to it, part A; Assigned Numbers, section 2.3.
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
        var reader = ByteReader(bytes)
        while let length = reader.byte() {
            // What follows a length of 0 is padding.
            guard length > 0 else { break }
            let start = reader.rest.startIndex - 1
            guard let body = reader.take(Int(length)) else {
                fault = "a structure of \(length) bytes stands where \(reader.rest.count) are left"
                break
            }
            structures.append(Structure(content: Self.content(body), range: start..<body.endIndex))
        }
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

    private static func content(_ body: ArraySlice<UInt8>) -> Structure.Content {
        guard let type = body.first else { return .other(0, body) }
        let bytes = body.dropFirst()
        let content: Structure.Content? =
            switch type {
            case 0x01: bytes.first.map { .flags($0) }
            case 0x02, 0x03: services(bytes, of: 2)
            case 0x04, 0x05: services(bytes, of: 4)
            case 0x06, 0x07: services(bytes, of: 16)
            case 0x08, 0x09: String(validating: bytes, as: UTF8.self).map { .name($0) }
            case 0x16: serviceData(bytes, of: 2)
            case 0x19: bytes.count == 2 ? .appearance(UInt16(truncatingIfNeeded: bytes.littleEndian)) : nil
            case 0x20: serviceData(bytes, of: 4)
            case 0x21: serviceData(bytes, of: 16)
            case 0xFF where bytes.count >= 2:
                .manufacturerData(UInt16(truncatingIfNeeded: bytes.prefix(2).littleEndian), bytes.dropFirst(2))
            default: nil
            }
        return content ?? .other(type, bytes)
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
}
