public import VigilCore

/// The answer to `GET /v1/report`.
public struct ReportDocument: Codable, Hashable, Sendable {
    /// Wall times: from the first moment up to, and without, the last.
    public var from: WallTime
    public var to: WallTime
    /// IANA name: the clock that people go by.
    public var timeZone: String
    public var groups: [ResponseReport.Group]

    public init(from: WallTime, to: WallTime, timeZone: String, groups: [ResponseReport.Group]) {
        self.from = from
        self.to = to
        self.timeZone = timeZone
        self.groups = groups
    }

    enum CodingKeys: String, CodingKey {
        case from, to
        case timeZone = "time_zone"
        case groups
    }
}
