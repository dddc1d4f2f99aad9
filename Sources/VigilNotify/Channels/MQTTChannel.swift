public import VigilCore

/// Publishes alerts as JSON (`AlertDocument`) to `<base>/<contact's address>/<alert id>`, QoS 1; delivered means PUBACK. A digest goes to
/// `<base>/<contact's address>/digest`.
///
/// ```yaml
/// - id: property_desk
///   kind: mqtt
///   broker: local          # a broker of the configuration; the first unless given
///   base: vigil/alerts
/// ```
///
/// The way back is a topic of the same broker, see `MQTTReplies`.
public struct MQTTChannel: NotificationChannel {
    public static let kind = "mqtt"
    /// Where alerts go unless the configuration says otherwise.
    public static let usualBase = "vigil/alerts"

    private let broker: SourceID?
    private let base: String
    private let services: ChannelServices

    init(broker: SourceID?, base: String, services: ChannelServices) {
        self.broker = broker
        self.base = base
        self.services = services
    }

    public static func addressFault(_ address: String) -> String? {
        MQTTTopic.isName(address) ? nil : "cannot be part of an MQTT topic; write it without + # and empty levels"
    }

    public static func plan(_ settings: inout SettingsReader, services: ChannelServices) -> ChannelPlan? {
        let broker = settings.text("broker").map { SourceID($0) }
        let base = settings.text("base") ?? usualBase
        guard MQTTTopic.isName(base) else {
            settings.fault(
                at: settings.mark(of: "base"), key: "base",
                "\"\(base)\" cannot begin an MQTT topic; write it without + # and empty levels")
            return nil
        }
        return ChannelPlan(wayBack: .mqtt(MQTTReplies(broker: broker, base: base, tokens: services.tokens))) {
            MQTTChannel(broker: broker, base: base, services: services)
        }
    }

    public func send(_ delivery: Delivery) -> DeliveryOutcome {
        if let fault = Self.addressFault(delivery.address) {
            return .permanent(reason: "the contact's address \(fault)", cause: .address)
        }
        guard MQTTTopic.isLevel(delivery.alert.rawValue) else {
            return .permanent(
                reason: "the alert's id cannot be a level of an MQTT topic; rename the resident or device in the registry",
                cause: .address)
        }
        let payload: [UInt8]
        switch AlertDocument(delivery, tokens: services.tokens).json() {
        case .success(let json): payload = json
        case .failure(let error): return .unencodable(error)
        }
        let topic = "\(base)/\(delivery.address)/\(delivery.purpose == .digest ? "digest" : delivery.alert.rawValue)"
        switch services.publish(MQTTPublication(broker: broker, topic: topic, payload: payload)) {
        case .acknowledged: return .delivered
        case .unreachable(let reason, let cause): return .retryable(reason: reason, after: nil, cause: cause)
        case .refused(let reason): return .permanent(reason: reason, cause: .refused)
        }
    }
}

/// Spec: MQTT 5.0, section 4.7: what a topic name may hold.
public enum MQTTTopic {
    /// Whether it can be published to: no wildcards, no empty levels, no control characters.
    public static func isName(_ text: String) -> Bool {
        text.utf8.count <= 1024 && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { isLevel($0) }
    }

    static func isLevel(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f && !Array("+#/".utf8).contains($0) }
    }
}
