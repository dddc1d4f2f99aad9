internal import FoundationEssentials
internal import VigilCore

/// The keys of an `ntfy` channel.
struct NtfySettings: Sendable {
    /// Without a trailing slash.
    var server: String
    var publicServer: String
    var credential: Credential?
    var replyTopic: String?
    var http: HTTPClient.Configuration

    /// What the server knows us by.
    enum Credential: Hashable, Sendable {
        case bearer(Secret)
        case basic(user: String, password: Secret)

        var secret: Secret {
            switch self {
            case .bearer(let token): token
            case .basic(_, let password): password
            }
        }

        var header: HTTPRequest.Header {
            switch self {
            case .bearer(let token): HTTPRequest.Header("Authorization", "Bearer \(token.revealed)")
            case .basic(let user, let password):
                HTTPRequest.Header("Authorization", "Basic \(Data("\(user):\(password.revealed)".utf8).base64EncodedString())")
            }
        }
    }

    /// Spec: ntfy's `server.go`, `topicRegex`.
    static func isTopic(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { Base64URL.isDigit($0) }
    }

    /// An id that may stand in a URL.
    static func isMessageID(_ text: String) -> Bool { isTopic(text) }
}

extension NtfySettings {
    init?(_ settings: inout SettingsReader, services: ChannelServices) {
        http = settings.httpConfiguration()
        let server = settings.requiredWebAddress("server", "the server's root, such as https://ntfy.example.org")
        let publicServer = settings.webAddress("public_server") ?? server
        credential = Self.credential(&settings, services)
        replyTopic = settings.text("reply_topic")
        if let replyTopic, !Self.isTopic(replyTopic) {
            settings.fault(
                at: settings.mark(of: "reply_topic"), key: "reply_topic",
                "\"\(replyTopic)\" is no ntfy topic; write 1 to 64 letters, digits, _ or -")
            return nil
        }
        guard let server, let publicServer else { return nil }
        self.server = server
        self.publicServer = publicServer
    }

    private static func credential(_ settings: inout SettingsReader, _ services: ChannelServices) -> Credential? {
        let token = settings.secret("token_file", services)
        let user = settings.text("user")
        let password = settings.secret("password_file", services)
        if token != nil && (user != nil || password != nil) {
            settings.fault(
                at: settings.mark(of: "token_file"), key: "token_file", "stands beside user and password_file; keep one of the two")
        }
        if (user == nil) != (password == nil) && settings.faults.errors.isEmpty {
            settings.fault(at: nil, key: nil, "user and password_file belong together; write both, or token_file")
        }
        if let token { return .bearer(token) }
        if let user, let password { return .basic(user: user, password: password) }
        return nil
    }
}
