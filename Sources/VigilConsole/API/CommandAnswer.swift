public import VigilCore

/// A command was carried out, and this is how the alert or the standing order stands.
public struct CommandAnswer: Codable, Hashable, Sendable {
    public var command: CommandID
    /// nil for a command about no alert, or where the record cannot be read.
    public var alert: AlertReport?
    /// The standing order that was placed or ended; nil for a command about none, or where the record cannot be read.
    public var order: OrderReport?
    /// What was recorded, where nothing changed but the record.
    public var message: LocalizedText?
    /// IANA name: the clock that people go by.
    public var timeZone: String

    public init(
        command: CommandID, alert: AlertReport? = nil, order: OrderReport? = nil, message: LocalizedText? = nil, timeZone: String
    ) {
        self.command = command
        self.alert = alert
        self.order = order
        self.message = message
        self.timeZone = timeZone
    }

    enum CodingKeys: String, CodingKey {
        case command, alert, order, message
        case timeZone = "time_zone"
    }
}
