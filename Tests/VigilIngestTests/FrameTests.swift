import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// What a frame carries, and fault B8: what must never crash.
@Suite("frames")
struct FrameTests {
    private let broker: Broker

    init() throws { broker = try Broker() }

    @Test(
        "a message that the broker had kept is retained, one that happens is not",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func retained(version: BrokerConfiguration.ProtocolVersion) throws {
        let sender = try MQTTTestClient(broker.configuration(clientID: "sender"))
        try sender.publish("test/smoke", "ON", isRetained: true)
        let listener = Listener(broker.configuration(protocolVersion: version), releasing: true)
        try #require(listener.wait { $0.frames.count == 1 })

        try sender.publish("test/smoke", "OFF", isRetained: true)

        try #require(listener.wait { $0.frames.count == 2 })
        #expect(listener.heard.frames.map(\.isRetained) == [true, false])
        #expect(listener.heard.texts == ["ON", "OFF"])
    }

    @Test("QoS 0 publications arrive at QoS 1 from a broker that upgrades them: refused, they come again")
    func upgradedQoS() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        try MQTTTestClient(broker.configuration(clientID: "sender")).publish([
            MQTTPublication(topic: "test/a", payload: [1], qos: .atMostOnce)
        ])
        try #require(listener.wait { $0.frames.count == 1 })

        listener.source.refuse(reconnecting: true)

        #expect(listener.wait { $0.frames.count == 2 })
    }

    @Test(
        "topics arrive as they were sent",
        arguments: [
            "test/守望/一号楼", "test/a b", "test//", "test/%s%n%d", "test/', ... (2 bytes))", "test/received PINGRESP",
            "test/(d1, q1, r0, m1", "test/🧓", "test/" + String(repeating: "x", count: 60_000),
        ])
    func oddTopics(topic: String) throws {
        let listener = Listener(broker.configuration(), releasing: true)
        try #require(listener.waitUntilHearing())

        try MQTTTestClient(broker.configuration(clientID: "sender")).publish(topic, "x")

        try #require(listener.wait { $0.frames.count == 1 })
        #expect(listener.heard.frames[0].topic == topic)
        #expect(!listener.heard.frames[0].isRedelivery)
    }

    @Test("payloads are bytes: empty, NUL and what is not text arrive unchanged")
    func bytes() throws {
        let listener = Listener(broker.configuration(), releasing: true)
        try #require(listener.waitUntilHearing())
        let payloads: [[UInt8]] = [[], [0], [0xFF, 0, 0xC0, 0xAF], Array(repeating: 0, count: 256 * 1024)]

        try MQTTTestClient(broker.configuration(clientID: "sender")).publish(
            payloads.map { MQTTPublication(topic: "test/a", payload: $0) })

        try #require(listener.wait { $0.frames.count == 4 })
        let isUnchanged = listener.heard.frames.map(\.payload) == payloads
        #expect(isUnchanged)
    }

    @Test(
        "a payload above 256 KiB is cut to its beginning, and the next message is heard",
        arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func hugePayload(version: BrokerConfiguration.ProtocolVersion) throws {
        let listener = Listener(broker.configuration(protocolVersion: version), releasing: true)
        try #require(listener.waitUntilHearing())
        let sender = try MQTTTestClient(broker.configuration(clientID: "sender"))
        let huge = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0) }

        try sender.publish([MQTTPublication(topic: "test/a", payload: huge)])
        try sender.publish("test/a", "next")

        try #require(listener.wait { $0.texts.last == "next" })
        // Compared outside of #expect, which would spend hours on the difference of arrays of this size.
        let payload = listener.heard.frames[0].payload
        #expect(payload.count == 256 * 1024)
        let isPrefix = huge.starts(with: payload)
        #expect(isPrefix)
        #expect(listener.heard.frames.map(\.wholeLength) == [2_000_000, nil])
    }

    @Test("above 4 MiB an MQTT 5 broker does not send it at all, and goes on")
    func beyondThePacketLimit() throws {
        let listener = Listener(broker.configuration(), releasing: true)
        try #require(listener.waitUntilHearing())
        let sender = try MQTTTestClient(broker.configuration(clientID: "sender"))

        try sender.publish([MQTTPublication(topic: "test/a", payload: Array(repeating: 7, count: 5_000_000))])
        try sender.publish("test/a", "next")

        #expect(listener.wait { $0.texts == ["next"] })
    }

    @Test("unreleased frames stop the reading at 16 MiB, and a release lets it go on")
    func memoryIsBounded() throws {
        let listener = Listener(broker.configuration())
        try #require(listener.waitUntilHearing())
        let sender = try MQTTTestClient(broker.configuration(clientID: "sender"))
        let large = MQTTPublication(topic: "test/a", payload: Array(repeating: 7, count: 256 * 1024))

        try sender.publish(Array(repeating: large, count: 100))
        try #require(listener.wait { $0.frames.count == 64 })
        listener.source.hold()
        try #require(listener.wait { $0.held == [64] })

        listener.source.release()
        #expect(listener.wait { $0.frames.count == 100 })
    }

    @Test("a session that is never released never stops reading, however much it has heard")
    func transientHearsOn() throws {
        var configuration = broker.configuration()
        configuration.session = .transient
        let listener = Listener(configuration)
        try #require(listener.waitUntilHearing())
        let sender = try MQTTTestClient(broker.configuration(clientID: "sender"))
        let large = MQTTPublication(topic: "test/a", payload: Array(repeating: 7, count: 256 * 1024))

        for _ in 0..<10 {
            try sender.publish(Array(repeating: large, count: 10))
            try sender.publish("test/a", "next")
        }

        #expect(listener.wait { $0.frames.count >= 110 })
    }

    @Test(
        "topics that MQTT forbids, from a broker that lets them pass, end the connection and no more",
        arguments: [
            [0x61, 0xFF, 0xFE], [0x61, 0x00, 0x62], [0xED, 0xA0, 0x80], [0xC0, 0xAF],
        ] as [[UInt8]])
    func forbiddenTopics(topic: [UInt8]) throws {
        let peer = try ScriptedPeer()
        var configuration = broker.configuration(protocolVersion: .v311)
        configuration.port = peer.port
        let listener = Listener(configuration)

        // Spec: MQTT 3.1.1: CONNACK (3.2), then PUBLISH at QoS 1 (3.3) with message id 1.
        let body = [0, UInt8(topic.count)] + topic + [0, 1] + Array("x".utf8)
        let packets: [UInt8] = [0x20, 2, 1, 0] + [0x32, UInt8(body.count)] + body
        peer.answer(packets)

        try #require(listener.wait { !$0.reasons.isEmpty })
        #expect(listener.heard.reasons[0].contains("sent what is not valid MQTT"))
        #expect(listener.heard.frames.isEmpty)
    }

    @Test("a topic with wildcards, from a broker that lets it pass, is a frame like any other")
    func wildcardTopic() throws {
        let peer = try ScriptedPeer()
        var configuration = broker.configuration(protocolVersion: .v311)
        configuration.port = peer.port
        let listener = Listener(configuration)

        let topic = Array("a/+/#".utf8)
        let body = [0, UInt8(topic.count)] + topic + [0, 1] + Array("x".utf8)
        let packets: [UInt8] = [0x20, 2, 1, 0] + [0x32, UInt8(body.count)] + body
        peer.answer(packets)

        try #require(listener.wait { $0.frames.count == 1 })
        #expect(listener.heard.frames[0].topic == "a/+/#")
    }
}
