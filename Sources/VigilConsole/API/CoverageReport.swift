public import VigilCore

/// How well residents are protected, the worst first, as the API tells it.
public struct CoverageReport: Codable, Hashable, Sendable {
    public var madeAt: WallTime
    /// IANA name: the clock that people go by.
    public var timeZone: String
    public var residents: [Coverage]
    public var covered: Int
    public var degraded: Int
    public var blind: Int

    public init(_ residents: [Coverage], madeAt: WallTime, timeZone: String) {
        self.madeAt = madeAt
        self.timeZone = timeZone
        self.residents = residents
        covered = residents.count { $0.verdict == .covered }
        degraded = residents.count { $0.verdict == .degraded }
        blind = residents.count { $0.verdict == .blind }
    }

    enum CodingKeys: String, CodingKey {
        case madeAt = "made_at"
        case timeZone = "time_zone"
        case residents, covered, degraded, blind
    }
}
