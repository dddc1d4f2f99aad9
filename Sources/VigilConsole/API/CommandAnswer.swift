public import VigilCore

/// A command was carried out, and this is how the alert stands.
public struct CommandAnswer: Codable, Hashable, Sendable {
    public var command: CommandID
    /// nil for a command about no alert, or where the record cannot be read.
    public var alert: AlertReport?
    /// What was recorded, where nothing changed but the record.
    public var message: LocalizedText?

    public init(command: CommandID, alert: AlertReport?, message: LocalizedText? = nil) {
        self.command = command
        self.alert = alert
        self.message = message
    }
}
