/// The answer that lists alerts: an object, so that a field can be added.
public struct AlertList: Codable, Hashable, Sendable {
    public var alerts: [AlertReport]
    /// Where the timeline stood before they were read: whoever follows from there misses nothing.
    public var position: Int64

    public init(alerts: [AlertReport], position: Int64) {
        self.alerts = alerts
        self.position = position
    }
}
