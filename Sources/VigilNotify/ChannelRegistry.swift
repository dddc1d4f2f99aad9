public import VigilCore

/// A way out as configured, a channel or an action, ready for its worker.
public struct ChannelFactory: Sendable {
    public var id: ChannelID
    public var kind: String
    /// Deliveries under way at once: threads of its worker.
    public var concurrency: Int
    /// Makes an instance; each worker thread asks once.
    public var make: @Sendable () -> any DeliverySender
    /// Where its acceptances come in, where it offers any.
    public var wayBack: WayBack?
    /// What is wrong with a contact's address; nil when it can be sent to.
    public var addressFault: @Sendable (_ address: String) -> String?

    public init(
        id: ChannelID, kind: String, concurrency: Int, wayBack: WayBack? = nil,
        addressFault: @escaping @Sendable (_ address: String) -> String? = { _ in nil },
        make: @escaping @Sendable () -> any DeliverySender
    ) {
        self.id = id
        self.kind = kind
        self.concurrency = concurrency
        self.make = make
        self.wayBack = wayBack
        self.addressFault = addressFault
    }
}

/// The kinds of channels. A new one is one file in `Channels/` and one line here.
public enum ChannelRegistry {
    static let channels: [any NotificationChannel.Type] = [
        WebhookChannel.self,
        NtfyChannel.self,
        MQTTChannel.self,
    ]

    public static var kinds: [String] { channels.map { $0.kind } }

    /// What is wrong with an address in a kind's terms; nil when it can be sent to.
    public static func addressFault(_ address: String, kind: String) -> String? {
        channels.first { $0.kind == kind }.flatMap { $0.addressFault(address) }
    }

    /// Names every fault of a channel's own settings. Nothing is sent and no secret is kept.
    public static func validate(_ kind: String, settings: SettingsReader) {
        let services = ChannelServices(
            wall: { WallTime(0) }, tokens: AcceptToken(key: []), publish: { _ in .unreachable("not running") })
        _ = make("", kind: kind, concurrency: 1, settings: settings, services: services)
    }

    /// A channel of a kind, by its own settings. nil when a fault was noted.
    public static func make(
        _ id: ChannelID, kind: String, concurrency: Int, settings: SettingsReader, services: ChannelServices
    ) -> ChannelFactory? {
        var settings = settings
        guard let channel = channels.first(where: { $0.kind == kind }) else {
            settings.fault(at: nil, key: "kind", "unknown kind of channel \"\(kind)\"\(SettingFault.hint(kind, among: kinds))")
            return nil
        }
        let plan = channel.plan(&settings, services: services)
        settings.finish()
        guard let plan else { return nil }
        return ChannelFactory(
            id: id, kind: kind, concurrency: concurrency, wayBack: plan.wayBack, addressFault: { channel.addressFault($0) },
            make: plan.make)
    }
}
