import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// Rule 2 of the turn: while an acknowledgement is held back nothing at all is written on its connection.
@Suite("rule 2: the barrier")
struct BarrierTests {
    private let broker: Broker
    private let sender: MQTTTestClient

    init() throws {
        broker = try Broker()
        sender = try MQTTTestClient(broker.configuration(clientID: "sender"))
    }

    private func lines(_ packet: String) -> Int { broker.log.matches(of: packet) }

    @Test(
        "frames that are not released are not acknowledged, and no ping lets their acknowledgements go",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func nothingLeaks(version: BrokerConfiguration.ProtocolVersion) throws {
        let listener = Listener(broker.configuration(protocolVersion: version))
        let clock = Listener(broker.configuration(clientID: "clock", subscriptions: ["clock"]))
        try #require(listener.waitUntilHearing())
        try sender.publish("test/a", "one")
        try #require(listener.wait { $0.frames.count == 1 })
        let pings = lines("Received PINGREQ from vigil-test")

        // Three pings of an undisturbed source: as many would have been due here.
        let now = clock.heard.heardUntil.count
        try #require(clock.wait { $0.heardUntil.count >= now + 3 })

        #expect(lines("Received PUBACK from vigil-test") == 0)
        #expect(lines("Received PINGREQ from vigil-test") == pings)
    }

    @Test("frames go on coming while others wait for their commit")
    func readsOnWhileUnreleased() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())

        try sender.publish("test/a", "one")
        try #require(listener.wait { $0.frames.count == 1 })
        try sender.publish("test/a", "sos")

        #expect(listener.wait { $0.texts == ["one", "sos"] })
    }

    @Test("after the answer to a hold nothing is read until the release")
    func holdStopsReading() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        try sender.publish("test/a", "one")
        try #require(listener.wait { $0.frames.count == 1 })

        listener.source.hold()
        try #require(listener.wait { $0.held == [1] })
        try sender.publish("test/a", "two")
        // A second hold is answered after anything that was read in between.
        listener.source.hold()
        try #require(listener.wait { $0.held.count == 2 })
        #expect(listener.heard.held == [1, 1])
        #expect(listener.heard.texts == ["one"])

        listener.source.release()
        #expect(listener.wait { $0.texts == ["one", "two"] })
    }

    @Test("rule 6: a hold that ends without a release lets everything be heard and nothing be acknowledged")
    func readOn() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        try sender.publish("test/a", "one")
        try #require(listener.wait { $0.frames.count == 1 })
        listener.source.hold()
        try #require(listener.wait { $0.held == [1] })
        try sender.publish("test/a", "two")

        listener.source.readOn()
        try #require(listener.wait { $0.texts == ["one", "two"] })
        listener.source.stop()

        let successor = Listener(broker.configuration())
        #expect(successor.wait { $0.texts == ["one", "two"] })
    }

    @Test("a release acknowledges what was read before the hold, and only that")
    func releaseAcknowledges() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        try sender.publish(["a", "b", "c"].map { MQTTPublication(topic: "test/a", payload: Array($0.utf8)) })
        try #require(listener.wait { $0.frames.count == 3 })

        listener.source.hold()
        listener.source.release()
        try #require(listener.wait { $0.confirmed == 3 })
        try sender.publish("test/a", "d")
        try #require(listener.wait { $0.frames.count == 4 })
        listener.source.stop()

        let successor = Listener(broker.configuration())
        #expect(successor.wait { $0.texts == ["d"] })
        #expect(lines("Received PUBACK from vigil-test") == 3)
    }

    @Test("a release that no hold came before is refused")
    func releaseNeedsHold() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        try sender.publish("test/a", "one")
        try #require(listener.wait { $0.frames.count == 1 })

        listener.source.release()
        // Read after the order was looked at: had it counted, "one" would be acknowledged by now.
        try sender.publish("test/a", "two")
        try #require(listener.wait { $0.frames.count == 2 })
        listener.source.refuse(reconnecting: true)

        #expect(listener.wait { $0.texts == ["one", "two", "one", "two"] })
        #expect(lines("Received PUBACK from vigil-test") == 0)
    }

    @Test(
        "refused frames come again, marked as redeliveries, on a resumed session",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func refusedFramesComeAgain(version: BrokerConfiguration.ProtocolVersion) throws {
        let listener = Listener(broker.configuration(protocolVersion: version))
        try #require(listener.waitUntilHearing())
        try sender.publish((1...600).map { MQTTPublication(topic: "test/a", payload: Array("\($0)".utf8)) })
        try #require(listener.wait { $0.frames.count == 600 })

        listener.source.refuse(reconnecting: true)

        try #require(listener.wait { $0.frames.count == 1200 })
        let heard = listener.heard
        #expect(Array(heard.texts[600...]) == Array(heard.texts[..<600]))
        #expect(heard.frames.map(\.isRedelivery) == Array(repeating: false, count: 600) + Array(repeating: true, count: 600))
        #expect(heard.resumed == [false, true])
        #expect(heard.lastRead == 1200)
        #expect(lines("Received PUBACK from vigil-test") == 0)
    }

    @Test("a source that refused and stays away comes back when it is told to")
    func staysAway() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        listener.source.refuse(reconnecting: false)
        try #require(listener.wait { $0.events.last == "disconnected" })
        try sender.publish("test/a", "kept")

        listener.source.hold()
        try #require(listener.wait { $0.held == [0] })
        #expect(listener.heard.resumed == [false])
        listener.source.release()
        listener.source.reconnect()

        #expect(listener.wait { $0.resumed == [false, true] && $0.texts == ["kept"] })
    }

    @Test("a hold is answered while no broker can be reached")
    func holdWhileDisconnected() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        broker.kill()
        try #require(listener.wait { !$0.reasons.isEmpty })

        listener.source.hold()

        #expect(listener.wait { $0.held == [0] })
    }

    @Test("acknowledgements are confirmed also while frames never stop coming")
    func confirmsUnderTraffic() throws {
        let listener = Listener(broker.configuration(), releasing: true)
        try #require(listener.waitUntilHearing())

        // libmosquitto would never ping here: the acknowledgements keep its connection from being idle.
        var sent = 0
        while listener.heard.confirmed == 0, sent < 100_000 {
            try sender.publish((1...100).map { MQTTPublication(topic: "test/a", payload: Array("\($0)".utf8)) })
            sent += 100
        }

        #expect(listener.wait(seconds: 0) { $0.confirmed > 0 })
    }

    @Test("what is heard, is heard until a moment before the broker's answer")
    func heardUntilAdvances() throws {
        let listener = Listener(broker.configuration(), releasing: true)

        try #require(listener.wait { $0.heardUntil.count >= 3 })

        let times = listener.heard.heardUntil
        #expect(times == times.sorted())
        #expect(Set(times).count == times.count)
    }
}
