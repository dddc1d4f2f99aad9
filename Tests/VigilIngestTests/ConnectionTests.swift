import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// Faults B1 and B2: brokers that die, forget, freeze, or never were there.
@Suite("connections")
struct ConnectionTests {
    @Test(
        "a broker that is killed and started again finds us back on the same session, with nothing lost",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func survivesBrokerRestart(version: BrokerConfiguration.ProtocolVersion) throws {
        let broker = try Broker(Broker.durable)
        let listener = Listener(broker.configuration(protocolVersion: version), releasing: true)
        try #require(listener.waitUntilHearing())
        try MQTTTestClient(broker.configuration(clientID: "sender")).publish("test/a", "before")
        try #require(listener.wait { $0.texts == ["before"] && $0.confirmed == 1 })

        broker.kill()
        try #require(listener.wait { !$0.reasons.isEmpty })
        try broker.start()
        try MQTTTestClient(broker.configuration(clientID: "sender")).publish("test/a", "after")

        #expect(listener.wait { $0.texts.last == "after" })
        #expect(listener.heard.resumed == [false, true])
    }

    @Test("a broker that lost its state is told by session_present")
    func forgetfulBroker() throws {
        let broker = try Broker(Broker.inMemory)
        let listener = Listener(broker.configuration(), releasing: true)
        try #require(listener.waitUntilHearing())

        broker.kill()
        try broker.start()

        try #require(listener.wait { $0.resumed == [false, false] && $0.isHearing })
        try MQTTTestClient(broker.configuration(clientID: "sender")).publish("test/a", "subscribed again")
        #expect(listener.wait { $0.texts == ["subscribed again"] })
    }

    @Test("a broker that answers nothing more is given up after the keepalive")
    func frozenBroker() throws {
        let broker = try Broker()
        var configuration = broker.configuration()
        configuration.keepAlive = .seconds(5)
        let listener = Listener(configuration)
        try #require(listener.waitUntilHearing())

        broker.freeze()

        #expect(listener.wait { $0.reasons == ["no answer from 127.0.0.1:\(broker.port) for 5 s: connection dropped"] })
        broker.thaw()
        #expect(listener.wait { $0.resumed == [false, true] })
    }

    @Test("where nobody listens, the words say so, once, however often it is tried")
    func connectionRefused() throws {
        let broker = try Broker()
        broker.kill()

        let listener = Listener(broker.configuration())

        let words = "connection refused by 127.0.0.1:\(broker.port): is the broker running?"
        try #require(listener.wait { $0.reasons == [words] })
        try broker.start()
        try #require(listener.wait { !$0.resumed.isEmpty })
        #expect(listener.heard.reasons == [words])
    }

    @Test("a name that does not resolve is called that")
    func unknownHost() throws {
        var configuration = try Broker().configuration()
        configuration.host = "no-such-host.invalid"

        let listener = Listener(configuration)

        try #require(listener.wait { !$0.reasons.isEmpty })
        #expect(listener.heard.reasons[0].hasPrefix("cannot resolve the host of no-such-host.invalid:"))
    }

    @Test(
        "a broker that says goodbye with a reason is quoted",
        arguments: [
            (0x8E, "another client connected to PLACE as vigil-test: give each its own client_id"),
            (0x8B, "PLACE is shutting down"),
        ] as [(UInt8, String)])
    func disconnectReason(code: UInt8, words: String) throws {
        let peer = try ScriptedPeer()
        var configuration = try Broker().configuration()
        configuration.port = peer.port
        let listener = Listener(configuration)

        // Spec: MQTT 5: CONNACK (3.2) without properties, DISCONNECT (3.14) with its reason code.
        peer.answer([0x20, 3, 0, 0, 0] + [0xE0, 1, code])

        try #require(listener.wait { !$0.reasons.isEmpty })
        #expect(listener.heard.reasons == [words.replacing("PLACE", with: "127.0.0.1:\(peer.port)")])
    }

    @Test("of two clients with one id the older one loses its connection, and says what it may be")
    func sessionTakenOver() throws {
        let broker = try Broker()
        let first = Listener(broker.configuration())
        try #require(first.waitUntilHearing())

        let second = Listener(broker.configuration())
        try #require(second.wait { !$0.resumed.isEmpty })
        second.source.stop()

        try #require(first.wait { !$0.reasons.isEmpty })
        #expect(first.heard.reasons[0].contains("does another client use our client_id?"))
    }

    @Test("two brokers are heard side by side, each under its name")
    func twoBrokers() throws {
        let brokers = [try Broker(), try Broker()]
        let listeners = brokers.map { Listener($0.configuration(), releasing: true) }
        for listener in listeners { try #require(listener.waitUntilHearing()) }

        for (broker, text) in zip(brokers, ["left", "right"]) {
            try MQTTTestClient(broker.configuration(clientID: "sender")).publish("test/a", text)
        }

        for (listener, (broker, text)) in zip(listeners, zip(brokers, ["left", "right"])) {
            try #require(listener.wait { $0.texts == [text] })
            #expect(listener.heard.frames[0].source == broker.configuration().id)
        }
    }

    @Test("a transient session listens beside the durable one, which keeps everything")
    func transientSession() throws {
        let broker = try Broker()
        let durable = Listener(broker.configuration())
        try #require(durable.waitUntilHearing())
        var configuration = broker.configuration()
        configuration.session = .transient
        let transient = Listener(configuration)
        try #require(transient.waitUntilHearing())
        durable.source.refuse(reconnecting: false)
        try #require(durable.wait { $0.events.last == "disconnected" })

        try MQTTTestClient(broker.configuration(clientID: "sender")).publish("test/a", "sos")

        #expect(transient.wait { $0.texts == ["sos"] })
        durable.source.reconnect()
        #expect(durable.wait { $0.texts == ["sos"] })
    }

    @Test(
        "a peer that is no broker ends nothing but its connection",
        arguments: [
            "HTTP/1.1 400 Bad Request\r\n\r\n", "\u{0}\u{0}\u{0}\u{0}", "\u{20}\u{2}\u{0}", "\u{20}\u{7F}",
        ])
    func notABroker(answer: String) throws {
        let peer = try ScriptedPeer()
        var configuration = try Broker().configuration()
        configuration.port = peer.port
        let listener = Listener(configuration)

        peer.answer(Array(answer.utf8))
        peer.hangUp()

        #expect(listener.wait { !$0.reasons.isEmpty })
        #expect(listener.heard.resumed.isEmpty)
    }
}
