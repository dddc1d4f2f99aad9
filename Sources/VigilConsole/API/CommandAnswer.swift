public import VigilCore

/// A command was carried out, and this is how the alert stands.
public struct CommandAnswer: Codable, Hashable, Sendable {
    public var command: CommandID
    /// nil for a command about no alert, or where the record cannot be read.
    public var alert: AlertReport?

    public init(command: CommandID, alert: AlertReport?) {
        self.command = command
        self.alert = alert
    }
}
