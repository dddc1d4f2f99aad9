import VigilCore

/// What tells an advertisement from others without understanding it.
struct AdvertisedContent {
    private static let longestName = 32

    /// 16-bit UUIDs of service data.
    private(set) var services: [UInt16] = []
    private(set) var manufacturerData: [ArraySlice<UInt8>] = []
    private(set) var name: String?

    init(_ data: [UInt8]) {
        for structure in ADStructures(data[...]) {
            switch structure.type {
            case .serviceData16:
                var reader = ByteReader(structure.data)
                if let uuid = reader.word() { services.append(uuid) }
            case .manufacturerData: manufacturerData.append(structure.data)
            case .name, .shortName:
                name = String(String(decoding: structure.data, as: UTF8.self).printable.prefix(Self.longestName))
            default: break
            }
        }
    }
}
