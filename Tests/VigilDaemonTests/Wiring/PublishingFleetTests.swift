import Foundation
import Logging
import Testing
import VigilCore
import VigilNotify
import VigilTesting

@testable import VigilDaemon

/// Where Vigil says what, with several brokers.
struct PublishingFleetTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func configuration(_ one: Broker, _ two: Broker) throws -> Configuration {
        let text = """
            brokers:
              - {id: one, host: 127.0.0.1, port: \(one.port), publish: true, topics: [{filter: zigbee2mqtt/#, dialect: zigbee2mqtt}]}
              - {id: two, host: 127.0.0.1, port: \(two.port), topics: [{filter: vigil/in/#, dialect: vigil}]}
            channels:
              - {id: push, kind: ntfy}

            """
        return try #require(ReadConfiguration(text).configuration)
    }

    @Test("a device hears its receipt on the broker that it spoke on, and a channel speaks on the broker that it names")
    func rightBroker() async throws {
        let (one, two) = (try Broker(), try Broker())
        let device = try MQTTTestClient(two.configuration(clientID: "band"), subscriptions: ["vigil/out/#", "desk/#"])
        let fleet = PublishingFleet(
            configuration: try configuration(one, two), desk: ReplyDesk(inbox: Inbox(), logger: logger),
            acknowledgements: Acknowledgements(), logger: logger)
        fleet.follow([])

        let (receipt, said, nobody) = try await onOwnThread {
            fleet.start()
            defer { fleet.stop() }
            fleet.receipt(Receipt(source: "two", device: "band-1", boot: "b", sequence: 7))
            return (
                device.firstHeard { $0.topic == "vigil/out/band-1/receipt" },
                fleet.publish(MQTTPublication(broker: "two", topic: "desk/x", payload: [1])),
                fleet.publish(MQTTPublication(broker: "two", topic: "nobody/x", payload: [1]))
            )
        }

        #expect(receipt.map { String(decoding: $0.payload, as: UTF8.self) } == #"{"boot":"b","seq":7}"#)
        #expect(said == .acknowledged)
        #expect(nobody == .unreachable("nobody is subscribed to nobody/x", .nobody))
    }
}
