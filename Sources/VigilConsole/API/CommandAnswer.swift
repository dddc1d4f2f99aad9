public import VigilCore

/// A command was carried out, and this is how the alert or the standing order stands.
public struct CommandAnswer: Codable, Hashable, Sendable {
    public var command: CommandID
    /// As recorded; nil for a command about no alert, or where the record cannot be read.
    public var alert: AlertReport?
    /// The standing order that was placed or ended, as recorded.
    public var order: OrderReport?

    public init(command: CommandID, alert: AlertReport? = nil, order: OrderReport? = nil) {
        self.command = command
        self.alert = alert
        self.order = order
    }
}
