internal import FoundationEssentials
public import VigilCore

/// POSTs alerts as JSON (`AlertDocument`), signed as Standard Webhooks has it.
///
/// The contact's address is the URL. Delivered means: the receiver answered 2xx, and not with an HTML page, which is what the log-in page
/// of a guest network says to everything.
///
/// ```yaml
/// - id: duty_desk
///   kind: webhook
///   secret_file: /etc/vigil/duty-desk.key   # whsec_… ; while rotating, old and new, one per line
///   timeout: 15s
///   ca_file: /etc/vigil/ca.pem
///   proxy: http://proxy.example:3128
/// ```
///
/// - SeeAlso: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>
public struct WebhookChannel: NotificationChannel {
    public static let kind = "webhook"

    private let secrets: WebhookSecrets
    private let services: ChannelServices
    private let client: HTTPClient

    init(secrets: WebhookSecrets, http: HTTPClient.Configuration, services: ChannelServices) {
        self.secrets = secrets
        self.services = services
        client = HTTPClient(http)
    }

    public static func addressFault(_ address: String) -> String? { HTTPRequest("POST", address).fault }

    public static func plan(_ settings: inout SettingsReader, services: ChannelServices) -> ChannelPlan? {
        let http = settings.httpConfiguration()
        _ = settings.requiredSetting("secret_file", "a file that holds the secret, whsec_ and 32 to 88 characters of base64")
        guard let text = settings.secret("secret_file", services) else { return nil }
        switch WebhookSecrets.parse(text) {
        case .success(let secrets): return ChannelPlan { WebhookChannel(secrets: secrets, http: http, services: services) }
        case .failure(let failure):
            settings.fault(at: settings.mark(of: "secret_file"), key: "secret_file", failure.description)
            return nil
        }
    }

    public func send(_ delivery: Delivery) -> DeliveryOutcome {
        let body: [UInt8]
        switch AlertDocument(delivery, tokens: services.tokens).json() {
        case .success(let json): body = json
        case .failure(let error): return .unencodable(error)
        }
        let id = Self.messageID(delivery.id)
        let timestamp = services.wall().rawValue / 1000
        let request = HTTPRequest.postingJSON(
            body, to: delivery.address,
            headers: [
                HTTPRequest.Header("webhook-id", id),
                HTTPRequest.Header("webhook-timestamp", String(timestamp)),
                HTTPRequest.Header("webhook-signature", secrets.signatures(id: id, timestamp: timestamp, body: body)),
            ])
        switch client.send(request) {
        case .failure(let failure): return DeliveryOutcome(failure)
        case .success(let response): return verdict(response, from: request.place)
        }
    }

    private func verdict(_ response: HTTPResponse, from place: String) -> DeliveryOutcome {
        if let refused = DeliveryOutcome(refusal: response, from: place, now: services.wall()) { return refused }
        if response.isPage {
            return .retryable(
                reason:
                    "\(place) answered \(response.status) with a web page; is it the right address, or a log-in page of the network",
                after: nil, cause: .strangeAnswer)
        }
        return .delivered
    }

    /// The delivery's key as a webhook-id: stable, and without the `.` and the foreign letters that a key may hold.
    static func messageID(_ id: DeliveryID) -> String {
        "msg_\(Base64URL.encode(Array(Digest.sha256(Array(id.rawValue.utf8)).prefix(24))))"
    }
}

extension HTTPResponse {
    /// The body is an HTML page, whatever its Content-Type says (frameworks label a bare `ok` as HTML).
    var isPage: Bool {
        let start = String(decoding: body.prefix(512), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{feff}" }
        return ["<!doctype html", "<html", "<head", "<meta", "<script"].contains { start.hasPrefix($0) }
    }
}
