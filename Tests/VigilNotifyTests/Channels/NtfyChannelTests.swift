import Foundation
import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct NtfyChannelTests {
    private func settings(
        _ server: String, credential: NtfySettings.Credential? = nil, deadline: Milliseconds = .seconds(15)
    ) -> NtfySettings {
        NtfySettings(
            server: server, publicServer: "https://ntfy.example.org", credential: credential, replyTopic: "vigil-replies",
            http: .init(deadline: deadline))
    }

    private func channel(deadline: Milliseconds = .seconds(15), wall: WallTime? = nil) throws -> NtfyChannel {
        NtfyChannel(settings(try Shared.receiver().url, deadline: deadline), services: .sample(wall: wall))
    }

    @Test("a push is published with title, text, priority, tag and the accept button")
    func delivered() throws {
        let receiver = try Shared.receiver()

        #expect(try channel().send(.sample(address: "ntfy-delivered")) == .delivered)

        let message = try #require(receiver.wait { $0.topic == "ntfy-delivered" }.first)
        #expect(message.title == "红色警报 · 跌倒")
        #expect(message.message == "3-2-501 跌倒，未见起身")
        #expect(message.priority == 5)
        #expect(message.tags == ["rotating_light"])
        let button = try #require(message.actions?.first)
        #expect(button.action == "http")
        #expect(button.label == "我来处理")
        #expect(button.method == "POST")
        #expect(button.url == "https://ntfy.example.org/vigil-replies")
        #expect(button.clear == true)
        let token = ChannelServices.sampleTokens.make(alert: "fall-r0042-7", contact: "c-wang")
        #expect(button.body == "accept fall-r0042-7 c-wang \(token)")
    }

    @Test("a button speaks its reader's language")
    func english() throws {
        let receiver = try Shared.receiver()

        #expect(try channel().send(.sample(address: "ntfy-english", language: .english)) == .delivered)

        #expect(receiver.wait { $0.topic == "ntfy-english" }.first?.actions?.first?.label == "I'll take it")
    }

    @Test("news has no button")
    func news() throws {
        let receiver = try Shared.receiver()

        #expect(try channel().send(.sample(address: "ntfy-news", purpose: .taken, isAcceptable: false)) == .delivered)

        #expect(receiver.wait { $0.topic == "ntfy-news" }.first?.actions == nil)
    }

    @Test("a server with access control is shown the token, or user and password")
    func credentials() throws {
        let receiver = try Receiver(["--token", "tk_geheim"])
        func outcome(_ credential: NtfySettings.Credential?) -> DeliveryOutcome {
            NtfyChannel(settings(receiver.url, credential: credential), services: .sample()).send(.sample(address: "wang"))
        }

        #expect(outcome(.bearer(Secret("tk_geheim"))) == .delivered)
        #expect(outcome(.basic(user: "vigil", password: Secret("tk_geheim"))) == .delivered)
        #expect(Verdict(outcome(nil)) == .permanent)
        #expect(Verdict(outcome(.bearer(Secret("tk_falsch")))) == .permanent)
        #expect(!outcome(.bearer(Secret("tk_falsch"))).reason.contains("tk_"))
    }

    @Test("a server that repeats the token in its answer does not get it into the words")
    func echoedToken() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.status(401, body: #"{"code":40101,"http":401,"error":"bad token tk_geheim"}"#), at: "/@ntfy-echo")
        let channel = NtfyChannel(settings(receiver.url, credential: .bearer(Secret("tk_geheim"))), services: .sample())

        #expect(channel.send(.sample(address: "ntfy-echo")).reason == "\(receiver.url) answered 401: bad token <secret>")
    }

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    private static let wall = WallTime(784_111_777_000)
    private static let limited = #"{"code":42901,"http":429,"error":"limit reached: too many requests"}"#

    @Test(
        "only a message that ntfy says it stored counts as delivered (D2, D3)",
        arguments: [
            (.errorBody, .retryable), (.empty, .retryable), (.portal, .retryable),
            (.status(200, body: "[]"), .retryable), (.status(200, body: "null"), .retryable), (.status(200, body: "{}"), .retryable),
            (.status(200, body: #"{"id":"abc"}"#), .retryable),
            (.status(200, body: #"{"id":"abc","event":"open","topic":"TOPIC"}"#), .retryable),
            (.status(200, body: #"{"id":7,"event":"message","topic":"TOPIC"}"#), .retryable),
            (.status(200, body: #"{"id":"","event":"message","topic":"TOPIC"}"#), .retryable),
            // Somebody else's message.
            (.status(200, body: #"{"id":"abc","event":"message","topic":"other"}"#), .retryable),
            // Its own predicate is 200, nothing else.
            (.status(202, body: #"{"id":"abc","event":"message","topic":"TOPIC"}"#), .retryable),
            (.status(200, body: #"{"id":"abc","event":"message","topic":"TOPIC"}"#), .delivered),
            (.redirect(302), .retryable), (.redirect(301), .permanent),
            (.status(400), .permanent), (.status(403), .permanent), (.status(410), .permanent), (.status(413), .permanent),
            (.status(429, body: limited), .retryable),
            (.status(429, headers: ["Retry-After": "7"], body: limited), .retryableAfter(.seconds(7))),
            (.status(429, headers: ["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"], body: limited), .retryableAfter(.seconds(30))),
            (.status(500), .retryable), (.status(502), .retryable), (.status(507), .retryable),
            (.reset, .retryable), (.truncated, .retryable), (.garbage, .retryable), (.endless, .retryable),
        ] as [(Receiver.Behaviour, Verdict)])
    func verdict(behaviour: Receiver.Behaviour, expected: Verdict) throws {
        let topic = "ntfy-\(UUID().uuidString)"
        var behaviour = behaviour
        if case .status(let status, let headers, let body) = behaviour {
            behaviour = .status(status, headers: headers, body: body.replacing("TOPIC", with: topic))
        }
        try Shared.receiver().misbehave(behaviour, at: "/@\(topic)")

        #expect(Verdict(try channel(wall: Self.wall).send(.sample(address: topic))) == expected)
    }

    @Test("a server that never finishes is given up at the deadline (D4)", arguments: [Receiver.Behaviour.hang, .slow])
    func deadline(behaviour: Receiver.Behaviour) throws {
        let topic = "ntfy-deadline-\(behaviour)"
        try Shared.receiver().misbehave(behaviour, at: "/@\(topic)")

        #expect(Verdict(try channel(deadline: Milliseconds(300)).send(.sample(address: topic))) == .retryable)
    }

    @Test("a message that was stored although the answer was lost goes again, with the same words")
    func lostAnswer() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.resetAfter, at: "/@ntfy-lost")
        let channel = try channel()

        #expect(Verdict(channel.send(.sample(address: "ntfy-lost"))) == .retryable)
        #expect(channel.send(.sample(address: "ntfy-lost")) == .delivered)

        let messages = receiver.wait(for: 2) { $0.topic == "ntfy-lost" && $0.channel == "ntfy" }
        #expect(messages.count == 2)
        #expect(messages.first?.actions == messages.last?.actions)
    }

    @Test("a message over 4096 bytes is clipped between characters and accepted")
    func clipped() throws {
        let receiver = try Shared.receiver()

        // Each character is three bytes, and 4096 is no multiple of three.
        let outcome = try channel().send(.sample(address: "ntfy-clipped", body: String(repeating: "跌", count: 5000)))

        #expect(outcome == .delivered)
        let message = try #require(receiver.wait { $0.topic == "ntfy-clipped" }.first?.message)
        #expect(message.utf8.count == 4095)
        #expect(message.hasSuffix("跌…"))
    }

    @Test("a message whose escapes would be more than the server reads is clipped further and accepted")
    func escapes() throws {
        #expect(
            try channel().send(.sample(address: "ntfy-escapes", body: String(repeating: "\u{1}\"\n", count: 1300))) == .delivered)
    }

    @Test("what is no topic is refused before anything is sent, and not repeated", arguments: ["", "a/b", "王", "a b", "geheim!"])
    func addressFault(address: String) throws {
        let outcome = try channel().send(.sample(address: address))

        #expect(Verdict(outcome) == .permanent)
        #expect(!outcome.reason.contains("geheim"))
        #expect(NtfyChannel.addressFault(address) != nil)
    }

    @Test(
        "the more severe, the louder; good news does not ring",
        arguments: [
            (.notify, .red, 5), (.notify, .yellow, 4), (.notify, .blue, 2), (.taken, .red, 3), (.closed, .red, 3),
        ] as [(Delivery.Purpose, Severity, Int)])
    func priority(purpose: Delivery.Purpose, severity: Severity, expected: Int) {
        #expect(NtfyPublication(.sample(address: "a", purpose: purpose, severity: severity), action: nil).priority == expected)
    }
}
