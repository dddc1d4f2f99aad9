import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// Promise 8 for the transport: whatever a peer says, the process lives and the next broker is heard.
@Suite("hostile peers")
struct HostilePeerTests {
    // MQTT 3.1.1 only: on MQTT 5 libmosquitto 2.0 aborts at a property that it does not know (`BrokerConfiguration`).
    @Test("bytes without sense after a good CONNACK end the connection at most", arguments: 0..<500)
    func randomBytes(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let peer = try ScriptedPeer()
        var configuration = BrokerConfiguration(
            id: "peer", host: "127.0.0.1", port: peer.port, protocolVersion: .v311, clientID: "vigil-test",
            subscriptions: ["a"])
        configuration.keepAlive = .seconds(5)
        let listener = Listener(configuration, releasing: true)
        let connack: [UInt8] = [0x20, 2, 0, 0]
        // Half of them look like PUBLISH or PINGRESP, which get furthest.
        let packets = (0..<20).flatMap { _ in
            let type =
                [0x30, 0x32, 0x3A, 0x34, 0xD0, 0x40, 0x90, 0xE0, UInt8.random(in: 0...255, using: &random)]
                .randomElement(using: &random) ?? 0
            let body = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let length = Bool.random(using: &random) ? UInt8(body.count) : UInt8.random(in: 0...255, using: &random)
            return [type, length] + body
        }

        peer.answer(connack + packets)
        peer.hangUp()

        #expect(listener.wait { !$0.reasons.isEmpty })
    }
}

/// A seeded generator, so that a failure can be repeated. After Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
