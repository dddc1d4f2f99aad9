import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import VigilCore
import VigilIngest
import VigilNotify

/// Everything that Vigil says on a broker, and the acceptances that come in by it; a no-op where no broker is chosen to publish on.
final class PublishingConnection: Service {
    private let configuration: BrokerConfiguration?
    private let desk: ReplyDesk
    private let logger: Logger
    private let connection = Mutex<MQTTPublisher?>(nil)

    init(configuration: Configuration, desk: ReplyDesk, logger: Logger) {
        self.configuration = configuration.brokers.first { $0.id == configuration.publishingBroker }
        self.desk = desk
        self.logger = logger
    }

    /// Makes the connection, now that it is known which control topics the channels' ways back need.
    func follow(_ waysBack: [WayBack]) {
        guard var configuration else { return }
        let replies = waysBack.compactMap { way in if case .mqtt(let replies) = way { replies } else { nil } }
        configuration.subscriptions = replies.map(\.filter)
        let publisher = MQTTPublisher(
            configuration: configuration,
            handler: { [desk] event in
                guard case .message(let frame) = event, !frame.isRetained else { return }
                for way in replies {
                    guard let reading = way.parse(topic: frame.topic, payload: frame.payload) else { continue }
                    desk.take(reading, via: MQTTChannel.kind)
                }
            }, logger: logger)
        connection.withLock { $0 = publisher }
    }

    func publish(_ publication: VigilNotify.MQTTPublication) -> MQTTPublishResult {
        guard let publisher = connection.withLock({ $0 }) else { return .unreachable("no broker is chosen to publish on") }
        let outcome = publisher.publish(VigilIngest.MQTTPublication(topic: publication.topic, payload: publication.payload))
        return switch outcome {
        case .published: .acknowledged
        case .publishedToNobody: .unreachable("nobody is subscribed to \(publication.topic)")
        case .notConnected(let reason): .unreachable(reason)
        case .timedOut: .unreachable("the broker did not acknowledge in time")
        case .refused(let reason): .refused(reason)
        }
    }

    /// Tells a device that its message is stored: `vigil/out/<device>/receipt`.
    func receipt(_ receipt: Receipt) {
        guard let publisher = connection.withLock({ $0 }) else { return }
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
        let publisher = connection.withLock { $0 }
        publisher?.start()
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        publisher?.stop()
    }
}
