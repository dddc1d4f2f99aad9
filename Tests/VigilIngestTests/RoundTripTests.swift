import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// What an answered ping proves, and what it does not; against a peer that answers exactly when it is told to.
@Suite("the round trip")
struct RoundTripTests {
    // Spec: MQTT 3.1.1: CONNACK (3.2), PINGREQ (3.12), PINGRESP (3.13).
    private static let connack: [UInt8] = [0x20, 2, 0, 0]
    private static let pingreq: [UInt8] = [0xC0, 0]
    private static let pingresp: [UInt8] = [0xD0, 0]

    /// A PUBLISH at QoS 1 on topic `a`.
    private static func publish(_ messageID: UInt8) -> [UInt8] { [0x32, 6, 0, 1, 0x61, 0, messageID, 0x78] }

    private let peer: ScriptedPeer
    private var configuration: BrokerConfiguration

    init() throws {
        peer = try ScriptedPeer()
        configuration = BrokerConfiguration(
            id: "peer", host: "127.0.0.1", port: peer.port, protocolVersion: .v311, clientID: "vigil-test", subscriptions: ["a"])
    }

    /// The first ping is answered after two frames; a third follows, by which a test knows that all was read.
    private func listener(window: Int) throws -> Listener {
        var configuration = configuration
        configuration.inFlightWindow = window
        let listener = Listener(configuration)
        peer.answer(Self.connack)
        peer.read(until: Self.pingreq)
        peer.answer(Self.publish(1) + Self.publish(2) + Self.pingresp + Self.publish(3))
        try #require(listener.wait { $0.frames.count == 3 })
        return listener
    }

    @Test("with room in the window everything that the broker had has been heard")
    func heard() throws {
        #expect(try listener(window: 3).heard.heardUntil.count == 1)
    }

    @Test("with the window full the broker may have more: nothing is claimed to be heard")
    func windowFull() throws {
        #expect(try listener(window: 2).heard.heardUntil.isEmpty)
    }

    @Test("with a subscription refused nothing is claimed to be heard, and the rest is heard on")
    func refusedSubscription() throws {
        let listener = Listener(configuration)
        peer.answer(Self.connack)
        peer.read(until: Self.pingreq)

        // Spec: MQTT 3.1.1, 3.9.3: SUBACK of message id 1 with a failure.
        peer.answer([0x90, 3, 0, 1, 0x80] + Self.pingresp + Self.publish(1))

        try #require(listener.wait { $0.frames.count == 1 })
        #expect(listener.heard.heardUntil.isEmpty)
        #expect(listener.heard.refused == configuration.subscriptions)
    }

    @Test("the frames that came before an answer are handed over before what it proves")
    func order() throws {
        let events = try listener(window: 3).heard.events

        #expect(events == ["connected", "frames", "heard", "frames"])
    }

    @Test("an answer confirms what was acknowledged before the ping, not what was read since")
    func confirmsOnlyWhatWasBefore() throws {
        let listener = try listener(window: 3)
        #expect(listener.heard.confirmed == 0)

        listener.source.hold()
        listener.source.release()
        peer.read(until: Self.pingreq)
        peer.answer(Self.publish(4) + Self.pingresp)

        #expect(listener.wait { $0.confirmed > 0 })
        #expect(listener.heard.confirmed == 3)
    }

    @Test("the acknowledgements leave before the ping that is to confirm them")
    func acknowledgementsFirst() throws {
        let listener = try listener(window: 3)

        listener.source.hold()
        listener.source.release()

        // Spec: MQTT 3.1.1, 3.4: PUBACK of the message ids 1 to 3.
        peer.read(until: [0x40, 2, 0, 1, 0x40, 2, 0, 2, 0x40, 2, 0, 3, 0xC0, 0])
        peer.answer(Self.pingresp)
        #expect(listener.wait { $0.confirmed == 3 })
    }
}
