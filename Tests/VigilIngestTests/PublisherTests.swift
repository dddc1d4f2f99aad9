import Foundation
import Logging
import Testing
import VigilCore
import VigilIngest
import VigilTesting

@Suite("publishing")
struct PublisherTests {
    private let broker: Broker

    init() throws { broker = try Broker() }

    /// A publisher whose connection stands.
    private func publisher(_ configuration: BrokerConfiguration, will: Will? = nil) throws -> MQTTPublisher {
        let isConnected = WatchedState(false)
        let publisher = MQTTPublisher(
            configuration: configuration, will: will,
            handler: { event in
                if case .connected = event { isConnected.update { $0 = true } }
            }, logger: Logger(label: "publisher") { _ in SwiftLogNoOpLogHandler() })
        publisher.start()
        try #require(isConnected.wait { $0 })
        return publisher
    }

    private func observer(_ subscriptions: [String] = ["test/#"]) throws -> MQTTTestClient {
        try MQTTTestClient(broker.configuration(clientID: "observer"), subscriptions: subscriptions)
    }

    private func message(_ text: String, qos: MQTTPublication.QoS = .atLeastOnce, isRetained: Bool = false) -> MQTTPublication {
        MQTTPublication(topic: "test/a", payload: Array(text.utf8), qos: qos, isRetained: isRetained)
    }

    @Test("published means that the broker has it and somebody listens", arguments: BrokerConfiguration.ProtocolVersion.allCases)
    func published(version: BrokerConfiguration.ProtocolVersion) throws {
        let observer = try observer()
        let publisher = try publisher(broker.configuration(protocolVersion: version))

        #expect(publisher.publish(message("siren")) == .published)
        #expect(publisher.publish(message("light", qos: .atMostOnce)) == .published)

        #expect(observer.firstHeard { $0.payload == Array("light".utf8) } != nil)
        #expect(observer.heard.map { String(decoding: $0.payload, as: UTF8.self) } == ["siren", "light"])
    }

    @Test("where nobody listens, MQTT 5 says so")
    func publishedToNobody() throws {
        let outcome = try publisher(broker.configuration(subscriptions: [])).publish(message("siren"))

        #expect(outcome == .publishedToNobody)
    }

    @Test("a retained message waits for those who come later")
    func retained() throws {
        let publisher = try publisher(broker.configuration())
        _ = publisher.publish(message("open", isRetained: true))

        #expect(try observer().firstHeard { $0.isRetained } != nil)
    }

    @Test("without a connection it fails at once, and says why")
    func notConnected() throws {
        let publisher = try publisher(broker.configuration())
        broker.kill()

        // The kernel may take the first one before it knows that the broker is gone.
        var outcome = publisher.publish(message("x"))
        if case .notConnected = outcome { outcome = publisher.publish(message("x")) }

        guard case .notConnected(let reason) = outcome else {
            Issue.record("published into the void: \(outcome)")
            return
        }
        #expect(reason.contains("127.0.0.1:\(broker.port)"))
    }

    @Test("a broker that does not acknowledge is waited for until the deadline, no longer")
    func timedOut() throws {
        let publisher = try publisher(broker.configuration())
        broker.freeze()

        #expect(publisher.publish(message("x"), timeout: Milliseconds(50)) == .timedOut)
    }

    @Test("what the broker does not allow is refused, with its words")
    func refused() throws {
        let strict = try Broker(Broker.inMemory + ["acl_file %DIR%/acl"]) {
            try "topic read #\n".write(to: $0.appending(path: "acl"), atomically: true, encoding: .utf8)
        }

        #expect(try publisher(strict.configuration()).publish(message("x")) == .refused(reason: "Not authorized"))
    }

    @Test("a topic that is none is refused by ourselves", arguments: ["", "a/+/b", "#"])
    func invalidTopic(topic: String) throws {
        let publisher = try publisher(broker.configuration())

        guard case .refused(let reason) = publisher.publish(MQTTPublication(topic: topic, payload: [])) else {
            Issue.record("accepted")
            return
        }
        #expect(reason.hasPrefix("topic \(topic): "))
    }

    @Test("what is published later arrives also over a lost connection, in order")
    func publishLater() throws {
        let publisher = try publisher(broker.configuration())
        broker.kill()
        for number in 1...100 { publisher.publishLater(topic: "test/a", payload: Array("\(number)".utf8)) }
        try broker.start()

        // Nobody may be subscribed yet when they come: the broker keeps the last.
        publisher.publishLater(topic: "test/last", payload: [1], isRetained: true)

        #expect(try observer().firstHeard { $0.topic == "test/last" } != nil)
    }

    @Test("control topics are heard")
    func inbound() throws {
        let publisher = try observer(["test/control"])

        try MQTTTestClient(broker.configuration(clientID: "panel")).publish("test/control", "accept")

        #expect(publisher.firstHeard { $0.payload == Array("accept".utf8) } != nil)
    }

    @Test("the will is published when the connection breaks, and not after a goodbye")
    func will() throws {
        let observer = try observer()
        let said = Will(topic: "test/said", payload: [1], isRetained: false)
        let unsaid = Will(topic: "test/unsaid", payload: [1], isRetained: false)

        try publisher(broker.configuration(clientID: "polite"), will: unsaid).stop()
        let lost = try publisher(broker.configuration(clientID: "lost"), will: said)
        // A second client under the same id ends the first one's connection.
        let usurper = try publisher(broker.configuration(clientID: "lost"))
        usurper.stop()
        lost.stop()

        #expect(observer.firstHeard { $0.topic == "test/said" } != nil)
        #expect(!observer.heard.contains { $0.topic == "test/unsaid" })
    }

    @Test("stop waits for what is on the way")
    func stopDrains() throws {
        let observer = try observer()
        let publisher = try publisher(broker.configuration())

        for number in 1...200 { publisher.publishLater(topic: "test/a", payload: Array("\(number)".utf8)) }
        publisher.stop()

        #expect(observer.firstHeard { $0.payload == Array("200".utf8) } != nil)
        #expect(observer.heard.count == 200)
    }

    @Test("after stop everything is answered at once")
    func afterStop() throws {
        let publisher = try publisher(broker.configuration())
        publisher.stop()

        #expect(publisher.publish(message("x"), timeout: .seconds(20)) == .notConnected(reason: "the publisher was stopped"))
    }
}
