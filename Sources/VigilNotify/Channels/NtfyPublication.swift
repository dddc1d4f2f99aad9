internal import VigilCore

/// A message in ntfy's JSON.
struct NtfyPublication: Encodable {
    /// A longer message becomes an attachment, which phones do not show at once. Spec: ntfy, "Limitations".
    static let messageLimit = 4096
    static let titleLimit = 256
    /// The server reads no more of a publication than twice the message limit. Spec: ntfy's `server.go`, `transformBodyJSON`.
    static let documentLimit = 2 * messageLimit

    var topic: String
    var title: String
    var message: String
    /// 1 to 5; 5 rings through a phone's silence.
    var priority: Int
    var tags: [String]
    var actions: [Action]?

    /// A button that makes the phone send a request; the notification goes away once that has worked.
    struct Action: Encodable {
        var action = "http"
        var label: String
        var url: String
        var method = "POST"
        var body: String
        var clear = true
    }

    init(_ delivery: Delivery, action: Action?) {
        let message = delivery.message
        topic = delivery.address
        title = message.title.clipped(toBytes: Self.titleLimit)
        self.message = message.body.clipped(toBytes: Self.messageLimit)
        priority = Self.priority(message)
        tags = [Self.tag(message)]
        actions = action.map { [$0] }
    }

    /// The document, its message clipped further where escapes make it too long.
    func encoded() -> Result<[UInt8], any Error> {
        json().flatMap { json in
            guard json.count > Self.documentLimit, !message.isEmpty else { return .success(json) }
            var shorter = self
            shorter.message = message.clipped(toBytes: message.utf8.count / 2)
            return shorter.encoded()
        }
    }

    private static func priority(_ message: Message) -> Int {
        // A digest says what its members say.
        switch (message.purpose, message.severity) {
        case (.notify, .red): 5
        case (.notify, .yellow): 4
        case (.notify, .blue): 2
        // Good news does not ring, and what is over does not either.
        case (.taken, _), (.closed, _), (.summary, _), (.digest, _), (.act, _), (.release, _): 3
        }
    }

    /// Short codes that the app shows as pictures. Spec: ntfy, "Tags & emojis".
    private static func tag(_ message: Message) -> String {
        switch (message.purpose, message.severity) {
        case (.notify, .red): "rotating_light"
        case (.notify, .yellow): "warning"
        case (.notify, .blue): "information_source"
        case (.taken, _): "raised_hand"
        case (.closed, _): "white_check_mark"
        case (.summary, _), (.digest, _), (.act, _), (.release, _): "mailbox"
        }
    }
}
