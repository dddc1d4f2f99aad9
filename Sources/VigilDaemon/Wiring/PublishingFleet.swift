import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import VigilCore
import VigilDevices
import VigilIngest
import VigilNotify

/// Everything that Vigil says on brokers, and the acceptances and acknowledgements that come in by them: a connection for each broker that it may have to say
/// something on.
final class PublishingFleet: Service {
    private let brokers: [BrokerConfiguration]
    /// Where what names no broker is said; nil where none is chosen.
    private let standard: SourceID?
    /// Brokers whose devices wait for receipts.
    private let receipted: Set<SourceID>
    private let desk: ReplyDesk
    private let actions: [MQTTAction]
    private let acknowledgements: Acknowledgements
    private let logger: Logger
    private let connections = Mutex<[SourceID: MQTTPublisher]>([:])

    init(configuration: Configuration, desk: ReplyDesk, acknowledgements: Acknowledgements, logger: Logger) {
        brokers = configuration.brokers
        standard = configuration.publishingBroker
        receipted = Set(configuration.routes.filter { $0.dialect == NativeDecoder.dialect }.map(\.source))
        self.desk = desk
        actions = configuration.actions
        self.acknowledgements = acknowledgements
        self.logger = logger
    }

    /// Makes the connections, now that it is known which brokers the channels name, and which control topics their ways back need.
    func follow(_ waysBack: [WayBack]) {
        let replies = waysBack.compactMap { way in if case .mqtt(let replies) = way { replies } else { nil } }
        let named = Set(replies.compactMap(\.broker) + actions.map(\.broker)).union(receipted).union(standard.map { [$0] } ?? [])
        for broker in brokers where named.contains(broker.id) {
            connect(broker, replies.filter { ($0.broker ?? standard) == broker.id })
        }
    }

    private func connect(_ broker: BrokerConfiguration, _ replies: [MQTTReplies]) {
        var configuration = broker
        let acknowledging = Set(actions.filter { $0.broker == broker.id }.compactMap(\.acknowledgement?.topic))
        configuration.subscriptions = replies.map(\.filter) + acknowledging.sorted()
        let publisher = MQTTPublisher(
            configuration: configuration,
            handler: { [desk, acknowledgements] event in
                guard case .message(let frame) = event, !frame.isRetained else { return }
                acknowledgements.take(topic: frame.topic, payload: frame.payload, on: broker.id)
                for way in replies {
                    guard let reading = way.parse(topic: frame.topic, payload: frame.payload) else { continue }
                    desk.take(reading, via: MQTTChannel.kind)
                }
            }, logger: logger)
        connections.withLock { $0[broker.id] = publisher }
    }

    private func connection(_ broker: SourceID?) -> MQTTPublisher? {
        (broker ?? standard).flatMap { id in connections.withLock { $0[id] } }
    }

    func publish(_ publication: VigilNotify.MQTTPublication) -> MQTTPublishResult {
        guard let publisher = connection(publication.broker) else { return .unreachable("no broker is chosen to publish on") }
        let outcome = publisher.publish(Self.ingest(publication))
        return switch outcome {
        case .published: .acknowledged
        case .publishedToNobody: .unreachable("nobody is subscribed to \(publication.topic)", .nobody)
        case .notConnected(let reason): .unreachable(reason)
        case .timedOut: .unreachable("the broker did not acknowledge in time", .timeout)
        case .refused(let reason): .refused(reason)
        }
    }

    private static func ingest(_ publication: VigilNotify.MQTTPublication) -> VigilIngest.MQTTPublication {
        VigilIngest.MQTTPublication(
            topic: publication.topic, payload: publication.payload,
            qos: publication.qos == .atMostOnce ? .atMostOnce : .atLeastOnce)
    }

    /// Tells a device, on the broker that it spoke on, that its message is stored: `vigil/out/<device>/receipt`.
    func receipt(_ receipt: Receipt) {
        guard let publisher = connection(receipt.source) else { return }
        struct Body: Encodable {
            let boot: String
            let seq: Int64
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Two plain fields always encode.
        guard let body = try? encoder.encode(Body(boot: receipt.boot, seq: receipt.sequence)) else { return }
        publisher.publishLater(topic: "vigil/out/\(receipt.device)/receipt", payload: Array(body))
    }

    func run() async throws {
        start()
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        stop()
    }

    func start() { for publisher in publishers { publisher.start() } }

    func stop() { for publisher in publishers { publisher.stop() } }

    private var publishers: [MQTTPublisher] { connections.withLock { Array($0.values) } }
}
