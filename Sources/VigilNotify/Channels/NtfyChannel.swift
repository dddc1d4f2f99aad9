internal import FoundationEssentials
public import VigilCore

/// Publishes to an ntfy server; the contact's address is the topic.
///
/// Delivered means: HTTP 200 and a body that is the message as ntfy stored it. With a `reply_topic`, a message that asks for somebody
/// carries a button which posts the acceptance to that topic; `NtfyReplies` reads it there, so it also works from behind a router. The
/// phone posts without credentials: let everyone write to the reply topic (`ntfy access everyone <reply_topic> write-only`).
///
/// ```yaml
/// - id: family
///   kind: ntfy
///   server: http://127.0.0.1:2586
///   public_server: https://ntfy.example.org   # as phones reach it; the same unless given
///   token_file: /etc/vigil/ntfy.token         # or user and password_file
///   reply_topic: vigil-replies
/// ```
///
/// - SeeAlso: <https://docs.ntfy.sh/publish/#publish-as-json>
public struct NtfyChannel: NotificationChannel {
    public static let kind = "ntfy"

    private let settings: NtfySettings
    private let services: ChannelServices
    private let client: HTTPClient

    init(_ settings: NtfySettings, services: ChannelServices) {
        self.settings = settings
        self.services = services
        client = HTTPClient(settings.http)
    }

    public static func addressFault(_ address: String) -> String? {
        NtfySettings.isTopic(address) ? nil : "is no ntfy topic; write 1 to 64 letters, digits, _ or -"
    }

    public static func plan(_ settings: inout SettingsReader, services: ChannelServices) -> ChannelPlan? {
        guard let own = NtfySettings(&settings, services: services) else { return nil }
        let replies = own.replyTopic.map {
            WayBack.ntfy(NtfyReplies.Configuration(server: own.server, topic: $0, credential: own.credential, http: own.http))
        }
        return ChannelPlan(wayBack: replies) { NtfyChannel(own, services: services) }
    }

    public func send(_ delivery: Delivery) -> DeliveryOutcome {
        if let fault = Self.addressFault(delivery.address) {
            return .permanent(reason: "the contact's address \(fault)", cause: .address)
        }
        let publication: [UInt8]
        switch NtfyPublication(delivery, action: action(for: delivery.message)).encoded() {
        case .success(let json): publication = json
        case .failure(let error): return .unencodable(error)
        }
        let request = HTTPRequest.postingJSON(publication, to: settings.server, headers: settings.credential.map { [$0.header] } ?? [])
        switch client.send(request) {
        case .failure(let failure): return DeliveryOutcome(failure)
        case .success(let response): return verdict(response, topic: delivery.address, from: request.place)
        }
    }

    private func action(for message: Message) -> NtfyPublication.Action? {
        guard message.isAcceptable, let topic = settings.replyTopic else { return nil }
        let token = services.tokens.make(alert: message.alert, contact: message.contact)
        return NtfyPublication.Action(
            label: LocalizedText(zh: "我来处理", en: "I'll take it")[message.language], url: "\(settings.publicServer)/\(topic)",
            body: ReplyBody.write(alert: message.alert, contact: message.contact, token: token))
    }

    private func verdict(_ response: HTTPResponse, topic: String, from place: String) -> DeliveryOutcome {
        let answer = NtfyAnswer(response.body)
        let detail = answer?.error.map { settings.credential?.secret.redacted(from: $0) ?? $0 }
        if let refused = DeliveryOutcome(refusal: response, from: place, detail: detail, now: services.wall()) { return refused }
        if let answer, response.status == 200, answer.isStored(on: topic) { return .delivered }
        let words = detail ?? "nothing that ntfy says of a stored message; is it an ntfy server, or a log-in page of the network"
        return .retryable(reason: "\(place) answered \(response.status) with \(words)", after: nil, cause: .strangeAnswer)
    }
}
