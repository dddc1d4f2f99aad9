/// The answer that lists alerts: an object, so that a field can be added.
public struct AlertList: Codable, Hashable, Sendable {
    public var alerts: [AlertReport]
    /// Where the timeline stood before they were read: whoever follows from there misses nothing.
    public var position: Int64
    /// IANA name: the clock that people go by.
    public var timeZone: String

    public init(alerts: [AlertReport], position: Int64, timeZone: String) {
        self.alerts = alerts
        self.position = position
        self.timeZone = timeZone
    }

    enum CodingKeys: String, CodingKey {
        case alerts, position
        case timeZone = "time_zone"
    }
}
