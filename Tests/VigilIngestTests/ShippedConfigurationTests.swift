import Foundation
import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// `config/mosquitto`, as it is shipped, in a real broker; only paths and the port are put in.
@Suite("the shipped broker configuration")
struct ShippedConfigurationTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "config/mosquitto")
    private let broker: Broker

    init() throws {
        let text = try String(contentsOf: Self.folder.appending(path: "vigil.conf"), encoding: .utf8)
        let lines = text.replacing("/etc/mosquitto/vigil.passwd", with: "%DIR%/passwd")
            .replacing("/etc/mosquitto/vigil.acl", with: "%DIR%/acl")
            .split(separator: "\n").map(String.init)
        let shipped = lines.filter { !$0.hasPrefix("#") }
        try #require(shipped.contains("listener 1883 127.0.0.1"))
        broker = try Broker(shipped.filter { !$0.hasPrefix("listener") }, allowsAnonymous: false) { directory in
            try FileManager.default.copyItem(at: Self.folder.appending(path: "acl"), to: directory.appending(path: "acl"))
            for user in ["vigil", "band-7", "band-8", "zigbee2mqtt"] {
                try setPassword(user, of: user, in: directory.appending(path: "passwd"))
            }
        }
    }

    private func configuration(_ user: String, subscriptions: [String] = ["vigil/in/#"]) throws -> BrokerConfiguration {
        let file = broker.directory.appending(path: "secret-\(user)")
        try user.write(to: file, atomically: true, encoding: .utf8)
        var configuration = broker.configuration(clientID: user, subscriptions: subscriptions)
        configuration.username = user
        configuration.passwordFile = file.path
        return configuration
    }

    private func device(_ user: String, subscriptions: [String] = []) throws -> MQTTTestClient {
        try MQTTTestClient(try configuration(user), subscriptions: subscriptions)
    }

    @Test("a device is heard under its own name, and under no other's")
    func devicesWriteTheirOwn() throws {
        let listener = Listener(try configuration("vigil"), releasing: true)
        try #require(listener.waitUntilHearing())

        // mosquitto 2.0 says no to an MQTT 5 client and ends its connection; what matters is that nobody hears it.
        _ = Result { try device("band-7").publish("vigil/in/band-8/observation", "forged") }
        try device("band-7").publish("vigil/in/band-7/observation", "own")

        try #require(listener.wait { !$0.frames.isEmpty })
        #expect(listener.heard.texts == ["own"])
    }

    @Test("a device reads its own receipts and nothing of others")
    func devicesReadTheirOwn() throws {
        let gateway = try device("vigil")
        let band = try device("band-7", subscriptions: ["vigil/#", "#"])

        try gateway.publish("vigil/out/band-8/receipt", "not yours")
        try gateway.publish("vigil/in/band-8/observation", "not yours")
        try gateway.publish("vigil/out/band-7/receipt", "yours")

        try #require(band.firstHeard { $0.topic == "vigil/out/band-7/receipt" } != nil)
        #expect(Set(band.heard.map(\.topic)) == ["vigil/out/band-7/receipt"])
    }

    @Test("the Zigbee bridge owns its base topic, and Vigil hears it")
    func zigbeeBridge() throws {
        let listener = Listener(try configuration("vigil", subscriptions: ["zigbee2mqtt/#"]), releasing: true)
        try #require(listener.waitUntilHearing())

        try device("zigbee2mqtt").publish("zigbee2mqtt/kitchen", "{\"smoke\":true}")

        #expect(listener.wait { $0.texts == ["{\"smoke\":true}"] })
    }

    @Test("nobody comes in without a user")
    func noAnonymous() throws {
        let listener = Listener(broker.configuration())

        try #require(listener.wait { !$0.reasons.isEmpty })
        #expect(listener.heard.reasons[0].hasPrefix("not authorised at"))
    }

    @Test("what devices say at QoS 0 while Vigil is away is kept for it, more than the default thousand")
    func keepsEverything() throws {
        let first = Listener(try configuration("vigil"), releasing: true)
        try #require(first.waitUntilHearing())
        first.source.stop()
        let messages = (1...3000).map {
            MQTTPublication(topic: "vigil/in/band-7/observation", payload: Array("\($0)".utf8), qos: .atMostOnce)
        }
        try device("band-7").publish(messages)

        let second = Listener(try configuration("vigil"), releasing: true)

        try #require(second.wait { $0.frames.count == 3000 })
        #expect(second.heard.texts == (1...3000).map(String.init))
    }

    @Test("a clean restart of the broker keeps the session and what waits in it")
    func survivesRestart() throws {
        let first = Listener(try configuration("vigil"), releasing: true)
        try #require(first.waitUntilHearing())
        first.source.stop()
        try device("band-7").publish("vigil/in/band-7/observation", "kept")

        broker.stop()
        try broker.start()
        let second = Listener(try configuration("vigil"), releasing: true)

        try #require(second.wait { $0.texts == ["kept"] })
        #expect(second.heard.resumed == [true])
    }

    @Test("every setting has its reason above it")
    func reasons() throws {
        let text = try String(contentsOf: Self.folder.appending(path: "vigil.conf"), encoding: .utf8)
        for paragraph in text.split(separator: "\n\n") {
            #expect(paragraph.hasPrefix("#"), "no reason above: \(paragraph)")
        }
    }
}
