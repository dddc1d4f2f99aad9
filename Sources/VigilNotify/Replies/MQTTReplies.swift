internal import FoundationEssentials
public import VigilCore

/// The way back of an `mqtt` channel.
///
/// For integrators: to accept responsibility for an alert, publish (QoS 1, not retained) to `<base>/<alert id>/accept`
///
/// ```json
/// { "contact": "c-wang", "token": "…" }
/// ```
///
/// with contact and token as they stand in `data.accept` of the message that was received. Vigil then tells everyone who was told who has
/// taken it. A wrong token is counted and does nothing; there is no answer on the broker.
public struct MQTTReplies: Sendable {
    /// The broker to subscribe on; nil means the only one, or the first.
    public let broker: SourceID?
    /// `<base>/+/accept`.
    public let filter: String
    private let base: String
    private let tokens: AcceptToken

    public init(broker: SourceID?, base: String, tokens: AcceptToken) {
        self.broker = broker
        self.base = base
        self.tokens = tokens
        filter = Self.filter(base: base)
    }

    /// Where acceptances come in.
    public static func filter(base: String) -> String { "\(base)/+/accept" }

    private struct Acceptance: Decodable {
        var contact: ContactID
        var token: String
    }

    /// Larger than any acceptance.
    static let payloadLimit = 4096

    /// What a message means; nil when the topic is none of this way back.
    public func parse(topic: String, payload: [UInt8]) -> ReplyReading? {
        guard topic.hasPrefix("\(base)/"), topic.hasSuffix("/accept"), topic.utf8.count > base.utf8.count + 8 else { return nil }
        let alert = topic.dropFirst(base.count + 1).dropLast("/accept".count)
        guard MQTTTopic.isLevel(alert) else { return nil }
        guard payload.count <= Self.payloadLimit else { return .garbage }
        // Whatever is wrong with the bytes, they are no acceptance.
        guard let acceptance = try? JSONDecoder().decode(Acceptance.self, from: Data(payload)) else { return .garbage }
        return ReplyReading(
            accepting: AlertID(String(alert)), contact: acceptance.contact, token: acceptance.token, via: MQTTChannel.kind,
            tokens: tokens)
    }
}
