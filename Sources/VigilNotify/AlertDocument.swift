internal import FoundationEssentials
internal import VigilCore

/// An alert's message as JSON: what webhooks and MQTT subscribers read. The keys are a promise: some may be added, none changes.
///
/// ```json
/// {
///   "type": "alert.notify",
///   "data": {
///     "delivery": "fall-r0042-7/1/notify/0.0/c-wang/family",
///     "alert": "fall-r0042-7",
///     "kind": "fall",
///     "severity": "red",
///     "title": "…",
///     "body": "…",
///     "language": "zh-CN",
///     "contact": "c-wang",
///     "accept": { "alert": "fall-r0042-7", "contact": "c-wang", "token": "…" }
///   }
/// }
/// ```
///
/// `type` is `alert.notify` (somebody is needed), `alert.taken` (somebody took responsibility), `alert.closed`, `alert.digest`
/// (several alerts of one kind at once; `alerts` names each, with an `accept` of its own where somebody is needed) or `alert.summary`
/// (messages expired while the channel was out). `delivery` is the same over every retry: whoever has seen it may drop it. `drill` is true where an alarm is
/// only tried out, and left out otherwise. `accept` is there when the recipient may take responsibility; its token goes back with
/// the acceptance (for MQTT: `MQTTReplies`). Keys stand in alphabetical order, so equal deliveries are equal bytes.
struct AlertDocument: Encodable {
    var type: String
    var data: Content

    struct Content: Encodable {
        var delivery: DeliveryID
        var alert: AlertID
        var kind: AlertKind
        var severity: Severity
        var title: String
        var body: String
        var language: Language
        var contact: ContactID
        /// Left out where it is none.
        var drill: Bool?
        var accept: Accept?
        var alerts: [Member]?
    }

    struct Member: Encodable {
        var alert: AlertID
        var accept: Accept?
    }

    struct Accept: Encodable {
        var alert: AlertID
        var contact: ContactID
        var token: String
    }

    init(_ delivery: Delivery, tokens: AcceptToken) {
        let message = delivery.message
        type = "alert.\(delivery.purpose.rawValue)"
        func accept(_ alert: AlertID) -> Accept {
            Accept(alert: alert, contact: message.contact, token: tokens.make(alert: alert, contact: message.contact))
        }
        let members = message.alerts.map { Member(alert: $0, accept: message.purpose == .notify ? accept($0) : nil) }
        data = Content(
            delivery: delivery.id, alert: message.alert, kind: message.kind, severity: message.severity, title: message.title,
            body: message.body, language: message.language, contact: message.contact,
            drill: message.isDrill ? true : nil, accept: message.isAcceptable ? accept(message.alert) : nil,
            alerts: members.isEmpty ? nil : members)
    }
}

extension Encodable {
    /// Compact JSON with its keys in order.
    func json() -> Result<[UInt8], any Error> {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Result { Array(try encoder.encode(self)) }
    }
}

extension DeliveryOutcome {
    /// The message itself cannot be written down.
    static func unencodable(_ error: any Error) -> Self {
        .permanent(reason: "the message cannot be written as JSON: \(error)", cause: .inside)
    }
}
