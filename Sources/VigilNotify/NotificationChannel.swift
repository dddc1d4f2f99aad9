public import VigilCore

/// Carries one delivery out and returns one verdict. Retries, order and time are not its business.
///
/// `send` blocks for less than a delivery's lease (30 s); each worker thread has an instance of its own. It has no way to throw: whatever
/// happens is an outcome.
public protocol DeliverySender: SendableMetatype {
    func send(_ delivery: Delivery) -> DeliveryOutcome
}

/// Sends messages to people, within its deadline (15 s).
public protocol NotificationChannel: DeliverySender {
    /// The kind in the configuration.
    static var kind: String { get }

    /// What is wrong with a contact's address in this channel's terms, in words; nil when it can be sent to.
    static func addressFault(_ address: String) -> String?

    /// Reads the channel's own settings; nil when a fault was noted.
    static func plan(_ settings: inout SettingsReader, services: ChannelServices) -> ChannelPlan?
}

/// A configured channel: how to make an instance for a worker thread, and the way back that it offers.
public struct ChannelPlan: Sendable {
    public var make: @Sendable () -> any DeliverySender
    public var wayBack: WayBack?

    public init(wayBack: WayBack? = nil, make: @escaping @Sendable () -> any DeliverySender) {
        self.make = make
        self.wayBack = wayBack
    }
}

/// Where acceptances of a channel's messages come in.
public enum WayBack: Sendable {
    /// Vigil follows a topic of an ntfy server (`NtfyReplies`).
    case ntfy(NtfyReplies.Configuration)
    /// Vigil subscribes on a broker and asks `MQTTReplies` what a frame means.
    case mqtt(MQTTReplies)
}
