import VigilCore

/// What tells an advertisement from others without understanding it; a structure that lies about its length ends it.
// Source: Bluetooth Core Specification 5.4, volume 3, part C, section 11; Supplement to the Core Specification, part A.
struct AdvertisedContent {
    private enum Kind {
        static let shortName: UInt8 = 0x08
        static let name: UInt8 = 0x09
        static let serviceData: UInt8 = 0x16
        static let manufacturerData: UInt8 = 0xFF
    }

    private static let longestName = 32

    /// 16-bit UUIDs of service data.
    private(set) var services: [UInt16] = []
    private(set) var manufacturerData: [ArraySlice<UInt8>] = []
    private(set) var name: String?

    init(_ data: [UInt8]) {
        var reader = ByteReader(data[...])
        while let length = reader.byte(), let structure = reader.take(Int(length)) {
            var content = ByteReader(structure)
            switch content.byte() {
            case Kind.serviceData: if let uuid = content.word() { services.append(uuid) }
            case Kind.manufacturerData: manufacturerData.append(content.rest)
            case Kind.name, Kind.shortName:
                name = String(String(decoding: content.rest, as: UTF8.self).printable.prefix(Self.longestName))
            default: break
            }
        }
    }
}
