import VigilCore

/// Refuses keys that nobody reads: a misspelt word must not change what a line means.
enum KnownKeys {
    static func check(_ decoder: any Decoder, _ known: [String]) throws {
        let given = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        guard let unknown = given.filter({ !known.contains($0) }).min() else { return }
        let words = "unknown key \(SettingFault.quoted(unknown))\(SettingFault.hint(unknown, among: known))"
        throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words))
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
