import Dispatch
import Foundation
import Synchronization
import Testing
import VigilCore
import VigilTesting

@testable import VigilNotify

@Suite struct NtfyRepliesTests {
    private typealias Event = NtfyReplies.Event

    /// What the handler was told, and a way to wait for more of it.
    private final class Log: Sendable {
        private let events = Mutex<[Event]>([])
        private let news = DispatchSemaphore(value: 0)

        var all: [Event] { events.withLock { $0 } }
        var replies: [Reply] { all.compactMap { if case .message(_, .reply(let reply)) = $0 { reply } else { nil } } }
        var readings: [ReplyReading] { all.compactMap { if case .message(_, let reading) = $0 { reading } else { nil } } }
        var positions: [String] { all.compactMap { if case .message(let position, _) = $0 { position } else { nil } } }

        func append(_ event: Event) {
            events.withLock { $0.append(event) }
            news.signal()
        }

        /// Blocks until it holds, or for twenty seconds; says which.
        func wait(until holds: ([Event]) -> Bool) -> Bool {
            let deadline = DispatchTime.now() + 20
            while !holds(all) {
                if news.wait(timeout: deadline) == .timedOut { return holds(all) }
            }
            return true
        }

        func wait(messages count: Int) -> Bool {
            wait { events in events.count { if case .message = $0 { true } else { false } } >= count }
        }
    }

    private let tokens = ChannelServices.sampleTokens
    private let log = Log()

    private func configuration(_ server: String, topic: String, credential: NtfySettings.Credential? = nil) -> NtfyReplies.Configuration
    {
        var configuration = NtfyReplies.Configuration(server: server, topic: topic, credential: credential, http: .init())
        configuration.backOff = Milliseconds(20)...Milliseconds(50)
        configuration.pollEvery = Milliseconds(20)
        return configuration
    }

    private func replies(_ configuration: NtfyReplies.Configuration) -> NtfyReplies {
        NtfyReplies(configuration, tokens: tokens) { [log] in log.append($0) }
    }

    private func body(alert: AlertID, contact: ContactID = "c-wang") -> String {
        ReplyBody.write(alert: alert, contact: contact, token: tokens.make(alert: alert, contact: contact))
    }

    @Test("publish, press the button as the app does, and exactly one reply arrives")
    func roundTrip() throws {
        let receiver = try Receiver(["--token", "tk_geheim", "--open-topic", "vigil-replies", "--auto-accept", "wang=0"])
        let credential = NtfySettings.Credential.bearer(Secret("tk_geheim"))
        let settings = NtfySettings(
            server: receiver.url, publicServer: receiver.url, credential: credential, replyTopic: "vigil-replies", http: .init())
        let replies = replies(configuration(receiver.url, topic: "vigil-replies", credential: credential))
        replies.start(after: nil)

        #expect(NtfyChannel(settings, services: .sample()).send(.sample(address: "wang")) == .delivered)

        #expect(log.wait(messages: 1))
        #expect(receiver.wait { $0.pressed == "wang" }.first?.status == 200)
        replies.stop()
        #expect(log.replies == [Reply(.accept, alert: "fall-r0042-7", contact: "c-wang", via: "ntfy")])
    }

    @Test("after a lost connection nothing is read twice and nothing is missed")
    func reconnect() throws {
        let receiver = try Receiver()
        let replies = replies(configuration(receiver.url, topic: "r"))
        replies.start(after: nil)
        try receiver.publish(body(alert: "a-1"), to: "r")
        #expect(log.wait(messages: 1))

        // The streams that come back at once are refused, so that this message comes while nobody listens.
        try receiver.misbehave(.status(503), at: "/r/json", count: 3)
        try receiver.dropStreams()
        #expect(log.wait { $0.contains { if case .down = $0 { true } else { false } } })
        try receiver.publish(body(alert: "a-2"), to: "r")
        #expect(log.wait(messages: 2))
        try receiver.publish(body(alert: "a-3"), to: "r")
        #expect(log.wait(messages: 3))

        replies.stop()
        #expect(log.replies.map(\.alert) == ["a-1", "a-2", "a-3"])
        // Each attempt asked for what came after the last message that it knew.
        #expect(receiver.wait(for: 2) { $0.subscribed == "r" }.map(\.since) == ["all", log.positions.first])
        // Told once per change, not once per attempt.
        let states = log.all.compactMap { event -> String? in
            switch event {
            case .up: "up"
            case .down: "down"
            case .message: nil
            }
        }
        #expect(states == ["up", "down", "up"])
    }

    @Test("a restart begins behind the stored position")
    func restart() throws {
        let receiver = try Shared.receiver()
        let first = replies(configuration(receiver.url, topic: "replies-restart"))
        first.start(after: nil)
        try receiver.publish(body(alert: "a-1"), to: "replies-restart")
        #expect(log.wait(messages: 1))
        first.stop()

        try receiver.publish(body(alert: "a-2"), to: "replies-restart")
        let second = replies(configuration(receiver.url, topic: "replies-restart"))
        second.start(after: log.positions.last)
        #expect(log.wait(messages: 2))
        second.stop()

        #expect(log.replies.map(\.alert) == ["a-1", "a-2"])
    }

    @Test("garbage and forgeries are told as such and passed over")
    func garbage() throws {
        let receiver = try Shared.receiver()
        let replies = replies(configuration(receiver.url, topic: "replies-garbage"))
        try receiver.publish("hello", to: "replies-garbage")
        try receiver.publish("accept a-1 c-wang \(tokens.make(alert: "a-2", contact: "c-wang"))", to: "replies-garbage")
        try receiver.publish(body(alert: "a-3"), to: "replies-garbage")

        replies.start(after: nil)
        #expect(log.wait(messages: 3))
        replies.stop()

        #expect(log.replies.map(\.alert) == ["a-3"])
        #expect(log.positions.count == 3)
        #expect(log.readings == [.garbage, .forged, .reply(Reply(.accept, alert: "a-3", contact: "c-wang", via: "ntfy"))])
    }

    @Test("where something keeps streams back, it polls, and misses and repeats nothing")
    func polls() throws {
        let receiver = try Shared.receiver()
        try receiver.misbehave(.silentStream, at: "/replies-poll/json", count: 1000)
        var configuration = configuration(receiver.url, topic: "replies-poll")
        configuration.patience.first = Milliseconds(100)
        let replies = replies(configuration)
        try receiver.publish(body(alert: "a-1"), to: "replies-poll")

        replies.start(after: nil)
        #expect(log.wait(messages: 1))
        try receiver.publish(body(alert: "a-2"), to: "replies-poll")
        #expect(log.wait(messages: 2))
        replies.stop()

        #expect(log.replies.map(\.alert) == ["a-1", "a-2"])
        #expect(!receiver.wait { $0.subscribed == "replies-poll" && $0.poll == true }.isEmpty)
    }

    @Test(
        "an answer that is not ntfy's is an outage, told once, without the token",
        arguments: [
            Receiver.Behaviour.portal, .status(401, body: #"{"code":40101,"http":401,"error":"tk_geheim"}"#), .empty, .reset, .garbage,
        ])
    func outage(behaviour: Receiver.Behaviour) throws {
        let receiver = try Shared.receiver()
        let topic = "replies-\(UUID().uuidString)"
        try receiver.misbehave(behaviour, at: "/\(topic)/json", count: 3)
        let replies = replies(configuration(receiver.url, topic: topic, credential: .bearer(Secret("tk_geheim"))))

        replies.start(after: nil)
        #expect(log.wait { $0.contains(.up) })
        replies.stop()

        guard log.all.count == 2, case .down(let reason) = log.all[0] else {
            Issue.record("\(log.all)")
            return
        }
        #expect(!reason.contains("geheim"))
        #expect(reason.contains("127.0.0.1"))
    }

    @Test("a message that the server sends twice, a line without end and another topic's message are passed over")
    func oddLines() throws {
        let receiver = try Shared.receiver()
        let topic = "replies-odd-lines"
        func line(_ id: String, _ alert: AlertID, topic: String) -> String {
            #"{"id":"\#(id)","event":"message","topic":"\#(topic)","message":"\#(body(alert: alert))"}"# + "\n"
        }
        let endless = #"{"id":"x0","event":"message","topic":""# + String(repeating: "a", count: 70_000) + "\n"
        let lines = line("x1", "a-1", topic: topic) + line("x1", "a-1", topic: topic) + endless + line("x2", "a-2", topic: "other")
        try receiver.misbehave(.status(200, body: lines + line("x3", "a-3", topic: topic)), at: "/\(topic)/json")
        let replies = replies(configuration(receiver.url, topic: topic))

        replies.start(after: nil)
        #expect(log.wait(messages: 2))
        replies.stop()

        #expect(log.positions == ["x1", "x3"])
        #expect(log.replies.map(\.alert) == ["a-1", "a-3"])
    }

    @Test("a stored position that could not be a message's id begins with everything")
    func oddPosition() throws {
        let receiver = try Shared.receiver()
        let replies = replies(configuration(receiver.url, topic: "replies-odd"))
        try receiver.publish(body(alert: "a-1"), to: "replies-odd")

        replies.start(after: "x&poll=1#")
        #expect(log.wait(messages: 1))
        replies.stop()

        #expect(receiver.wait { $0.subscribed == "replies-odd" }.first?.since == "all")
    }

    @Test("stopping ends a follower that hears nothing, and one that never began")
    func stop() throws {
        let replies = replies(configuration(try Shared.receiver().url, topic: "replies-stop"))
        replies.start(after: nil)
        #expect(log.wait { $0 == [.up] })

        replies.stop()
        replies.stop()
        self.replies(configuration("http://127.0.0.1:1", topic: "never")).stop()
    }
}
