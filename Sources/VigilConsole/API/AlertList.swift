/// The answer that lists alerts: an object, so that a field can be added.
public struct AlertList: Codable, Hashable, Sendable {
    public var alerts: [AlertReport]

    public init(alerts: [AlertReport]) { self.alerts = alerts }
}
