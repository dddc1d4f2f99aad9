import CMosquitto
import Foundation
import Logging
import Synchronization
import Testing
import VigilCore
import VigilIngest
import VigilTesting

/// What the barrier costs: messages per second of a source that hands over, holds and releases every batch, against a consumer of
/// the same library that throws everything away, on the same broker. A figure, not a test:
///
///     VIGIL_FIGURES=1 swift test -c release -Xswiftc -enable-testing --filter IngestRate
@Suite("figures", .serialized, .enabled(if: ProcessInfo.processInfo.environment["VIGIL_FIGURES"] != nil))
struct IngestRate {
    private static let count = 50_000
    private static let rounds = 7
    private static let payload = Array(String(repeating: "x", count: 118).utf8)

    @Test("messages per second from a backlog")
    func backlog() throws {
        try compare("backlog") { configuration, consume in
            // Subscribed once, then away while the messages come.
            consume(0)
            Self.publish(configuration)
            return { consume(Self.count) }
        }
    }

    @Test("messages per second while they are published")
    func live() throws {
        try compare("live") { configuration, consume in
            consume(0)
            return {
                Thread { Self.publish(configuration) }.start()
                consume(Self.count)
            }
        }
    }

    /// Runs both consumers in turn and prints medians and the median of the ratios.
    private func compare(
        _ name: String, _ scenario: (BrokerConfiguration, @escaping (Int) -> Void) -> () -> Void
    ) throws {
        var rates: [(source: Double, discard: Double)] = []
        for _ in 0..<Self.rounds {
            let rateOfSource = try Self.rate(of: scenario, Self.listen)
            let rateOfDiscarding = try Self.rate(of: scenario, Self.discard)
            rates.append((rateOfSource, rateOfDiscarding))
        }
        let ratio = Self.median(rates.map { $0.source / $0.discard })
        print(
            "ingest \(name): source \(Int(Self.median(rates.map(\.source))))/s, discarding \(Int(Self.median(rates.map(\.discard))))/s,",
            "ratio \((ratio * 100).rounded() / 100)")
    }

    private static func rate(
        of scenario: (BrokerConfiguration, @escaping (Int) -> Void) -> () -> Void,
        _ consumer: @escaping (BrokerConfiguration, Int) -> Void
    ) throws -> Double {
        let broker = try Broker(Broker.inMemory + ["log_type none"])
        let configuration = broker.configuration()
        let run = scenario(configuration) { consumer(configuration, $0) }
        let duration = ContinuousClock().measure(run)
        return Double(count) / (duration / .seconds(1))
    }

    private static func publish(_ configuration: BrokerConfiguration) {
        var configuration = configuration
        configuration.clientID = "sender"
        let message = MQTTPublication(topic: "test/a", payload: payload)
        do {
            let sender = try MQTTTestClient(configuration)
            for _ in 0..<(count / 1000) { try sender.publish(Array(repeating: message, count: 1000)) }
        } catch {
            Issue.record(error)
        }
    }

    /// Every batch held and released at once.
    private static func listen(_ configuration: BrokerConfiguration, count: Int) {
        let listener = Counter(configuration)
        _ = listener.read.wait(seconds: 120) { count == 0 ? $0.isHearing : $0.count >= count }
        listener.source.stop()
    }

    private static func discard(_ configuration: BrokerConfiguration, count: Int) {
        var received = 0
        withUnsafeMutablePointer(to: &received) { received in
            let client = mosquitto_new("vigil-test", false, received)
            defer { mosquitto_destroy(client) }
            mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
            mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, 2000)
            mosquitto_message_callback_set(client) { _, received, _ in
                received?.assumingMemoryBound(to: Int.self).pointee += 1
            }
            mosquitto_subscribe_callback_set(client) { _, received, _, _, _ in
                received?.assumingMemoryBound(to: Int.self).pointee = 0
            }
            var properties: OpaquePointer?
            mosquitto_property_add_int32(&properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), .max)
            mosquitto_connect_bind_v5(client, "127.0.0.1", Int32(configuration.port), 30, nil, properties)
            mosquitto_property_free_all(&properties)
            if count == 0 {
                received.pointee = -1
                mosquitto_subscribe(client, nil, "test/#", 1)
            }
            while received.pointee < count { mosquitto_loop(client, 100, 1) }
            mosquitto_disconnect(client)
            mosquitto_loop(client, 0, 1)
        }
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// A consumer that only counts.
private final class Counter: Sendable {
    struct State {
        var count = 0
        var isHearing = false
    }

    let source: MQTTSource
    let read: WatchedState<State>

    init(_ configuration: BrokerConfiguration) {
        let read = WatchedState(State())
        let own = Own()
        self.read = read
        source = MQTTSource(
            configuration: configuration,
            handler: { event in
                switch event {
                case .frames(let frames, _):
                    read.update { $0.count += frames.count }
                    own.source.withLock { $0?.hold() }
                case .held: own.source.withLock { $0?.release() }
                case .heard: read.update { $0.isHearing = true }
                default: break
                }
            }, logger: Logger(label: "rate") { _ in SwiftLogNoOpLogHandler() })
        own.source.withLock { $0 = source }
        source.start()
    }

    private final class Own: Sendable {
        let source = Mutex<MQTTSource?>(nil)
    }
}
