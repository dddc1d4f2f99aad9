import Foundation
import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct WebhookChannelTests {
    private func channel(
        secret: Secret = Shared.webhookSecret, http: HTTPClient.Configuration = .init(), services: ChannelServices = .sample()
    ) throws -> WebhookChannel {
        WebhookChannel(secrets: try WebhookSecrets.parse(secret).get(), http: http, services: services)
    }

    private func address(_ name: String) throws -> String { "\(try Shared.receiver().url)/hook/\(name)" }

    @Test("a receiver that verifies the signature gets the documented document")
    func delivered() throws {
        let receiver = try Shared.receiver()
        let delivery = Delivery.sample(address: try address("delivered"))

        #expect(try channel().send(delivery) == .delivered)

        let line = try #require(receiver.wait { $0.hook == "delivered" }.first)
        let data = try #require(line.body).data
        #expect(line.body?.type == "alert.notify")
        #expect(data.delivery == delivery.id.rawValue)
        #expect(data.alert == "fall-r0042-7")
        #expect(data.kind == "fall")
        #expect(data.severity == "red")
        #expect(data.title == "红色警报 · 跌倒")
        #expect(data.body == "3-2-501 跌倒，未见起身")
        #expect(data.language == "zh-CN")
        #expect(data.contact == "c-wang")
        #expect(data.accept?.token == ChannelServices.sampleTokens.make(alert: "fall-r0042-7", contact: "c-wang"))
    }

    @Test("purposes are told apart, and news offers nothing to accept", arguments: [Delivery.Purpose.taken, .closed])
    func news(purpose: Delivery.Purpose) throws {
        let receiver = try Shared.receiver()
        let name = "news-\(purpose.rawValue)"

        #expect(try channel().send(.sample(address: try address(name), purpose: purpose, isAcceptable: false)) == .delivered)

        let document = try #require(receiver.wait { $0.hook == name }.first?.body)
        #expect(document.type == "alert.\(purpose.rawValue)")
        #expect(document.data.accept == nil)
    }

    @Test("the id is the same over every retry, other for every delivery, and legal")
    func messageID() {
        let id = WebhookChannel.messageID("fall-r0042-7/1/notify/0.0/c-王/family")

        #expect(id == WebhookChannel.messageID("fall-r0042-7/1/notify/0.0/c-王/family"))
        #expect(id != WebhookChannel.messageID("fall-r0042-7/1/notify/0.1/c-王/family"))
        #expect(id.wholeMatch(of: /msg_[-_A-Za-z0-9]{32}/) != nil)
    }

    @Test("a channel keeps its connection")
    func keepsConnection() throws {
        let receiver = try Shared.receiver()
        let channel = try channel()

        for _ in 0..<3 { #expect(channel.send(.sample(address: try address("kept"))) == .delivered) }

        let lines = receiver.wait(for: 3) { $0.hook == "kept" }
        #expect(Set(lines.compactMap(\.peer)).count == 1)
        #expect(Set(lines.compactMap(\.id)).count == 1)
    }

    @Test("while secrets rotate, a receiver that knows only the old one accepts")
    func rotation() throws {
        let both = Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\(Shared.webhookSecret.revealed)")

        #expect(try channel(secret: both).send(.sample(address: try address("rotation"))) == .delivered)
    }

    @Test("a receiver that knows another secret refuses for good")
    func wrongSecret() throws {
        let other = Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")

        let outcome = try channel(secret: other).send(.sample(address: try address("wrong-secret")))

        #expect(Verdict(outcome) == .permanent)
        #expect(outcome.reason.contains("401"))
    }

    @Test("a receiver refuses a timestamp from a clock that is an hour off")
    func staleClock() throws {
        let late = WallTime(Int64(Date().timeIntervalSince1970 * 1000) - 3_600_000)

        #expect(Verdict(try channel(services: .sample(wall: late)).send(.sample(address: try address("stale")))) == .permanent)
    }

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    private static let wall = WallTime(784_111_777_000)

    @Test(
        "only the receiver's own success counts as delivered (D2, D3)",
        arguments: [
            (.status(200, body: "ok"), .delivered), (.status(204), .delivered), (.empty, .delivered),
            // Flask labels a bare "ok" like this.
            (.status(200, headers: ["Content-Type": "text/html"], body: "ok"), .delivered),
            (.portal, .retryable), (.status(200, body: "\u{feff}  <HTML><body>Log in</body>"), .retryable),
            (.redirect(302), .retryable), (.redirect(303), .retryable), (.redirect(307), .retryable),
            (.redirect(301), .permanent), (.redirect(308), .permanent),
            (.status(400), .permanent), (.status(401), .permanent), (.status(403), .permanent), (.status(404), .permanent),
            (.status(410), .permanent), (.status(422), .permanent),
            (.status(408), .retryable), (.status(425), .retryable), (.status(429), .retryable),
            (.status(429, headers: ["Retry-After": "7"]), .retryableAfter(.seconds(7))),
            (.status(429, headers: ["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"]), .retryableAfter(.seconds(30))),
            (.status(503, headers: ["Retry-After": "120"]), .retryableAfter(.seconds(120))),
            (.status(500), .retryable), (.status(502), .retryable), (.status(503), .retryable), (.status(504), .retryable),
            (.reset, .retryable), (.truncated, .retryable), (.garbage, .retryable), (.endless, .retryable),
        ] as [(Receiver.Behaviour, Verdict)])
    func verdict(behaviour: Receiver.Behaviour, expected: Verdict) throws {
        let name = "verdict-\(UUID().uuidString)"
        try Shared.receiver().misbehave(behaviour, at: "/hook/\(name)")

        #expect(Verdict(try channel(services: .sample(wall: Self.wall)).send(.sample(address: try address(name)))) == expected)
    }

    @Test("a receiver that never finishes is given up at the deadline (D4)", arguments: [Receiver.Behaviour.hang, .slow])
    func deadline(behaviour: Receiver.Behaviour) throws {
        let name = "deadline-\(behaviour)"
        try Shared.receiver().misbehave(behaviour, at: "/hook/\(name)")

        let outcome = try channel(http: .init(deadline: Milliseconds(300))).send(.sample(address: try address(name)))

        #expect(Verdict(outcome) == .retryable)
        #expect(outcome.reason.contains("300ms"))
    }

    @Test("nobody there may be there later; no address never is")
    func unreachable() throws {
        #expect(
            Verdict(try channel().send(.sample(address: "http://127.0.0.1:\(try SilentSocket.refusingPort())/hook/x"))) == .retryable)
        #expect(Verdict(try channel().send(.sample(address: "hook.example.org"))) == .permanent)
        #expect(WebhookChannel.addressFault("hook.example.org") != nil)
        #expect(WebhookChannel.addressFault("https://hook.example.org/a") == nil)
    }

    @Test(
        "no word of a failure holds a secret, the path or what was said",
        arguments: [Receiver.Behaviour.status(401, body: "whsec_MfKQ9 geheim"), .portal, .reset, .redirect(302), .truncated])
    func discreet(behaviour: Receiver.Behaviour) throws {
        let name = "geheim-\(UUID().uuidString)"
        try Shared.receiver().misbehave(behaviour, at: "/hook/\(name)")

        let reason = try channel().send(.sample(address: try address(name) + "?key=geheim")).reason

        #expect(!reason.isEmpty)
        for word in ["geheim", "hook", "whsec", "MfKQ9", "跌倒"] { #expect(!reason.contains(word)) }
    }
}
