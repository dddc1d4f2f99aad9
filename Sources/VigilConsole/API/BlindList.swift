/// Everyone who is not protected as they should be now, those whom nobody hears at all first.
public struct BlindList: Codable, Hashable, Sendable {
    public var residents: [BlindReport]
    /// IANA name: the clock that people go by.
    public var timeZone: String

    public init(residents: [BlindReport], timeZone: String) {
        self.residents = residents
        self.timeZone = timeZone
    }

    enum CodingKeys: String, CodingKey {
        case residents
        case timeZone = "time_zone"
    }
}
