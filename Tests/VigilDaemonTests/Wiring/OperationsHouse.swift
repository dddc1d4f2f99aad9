import Foundation
import InMemoryLogging
import Logging
import VigilCore
import VigilStore

@testable import VigilDaemon

/// What operators may cause, over a real store and a gateway that takes over whatever it is given.
final class OperationsHouse: Sendable {
    let operations: Operations
    private let folder = NSTemporaryDirectory() + "vigil-operations-" + UUID().uuidString
    private let inbox = Inbox()
    private let store: Store
    private let log = InMemoryLogHandler()

    /// - Parameters:
    ///   - configuration: what stands in the file when the daemon starts.
    ///   - registry: what stands in the store by then.
    init(_ configuration: String, registry: Registry) throws {
        var options = StoreOptions()
        options.ballastBytes = 0
        store = try Store.open(directory: folder, options: options)
        let file = folder + "/vigil.yaml"
        try VigilDaemonTests.write(configuration, to: file)
        let loaded = Configuration.load(path: file, vocabulary: .vigil)
        guard let configuration = loaded.configuration else { throw ConfigurationFaults(list: loaded.faults.errors) }
        let logger = Logger(label: "test") { [log] _ in log }
        var engine = Engine(decoders: [])
        var effects: [Effect] = []
        engine.apply(StampedInput(sequence: 1, at: EngineTime(0), input: .registryChange(registry)), into: &effects)
        let meters = GatewayMeters()
        meters.show(engine, changed: [])
        operations = Operations(
            configurationFile: file, configuration: configuration, inbox: inbox, store: store, meters: meters,
            readiness: ReadinessBoard(brokers: []),
            alertLog: AlertLog(path: folder + "/alerts.log", store: store, growth: ChangeSignal(), timeZone: "UTC", logger: logger),
            replyDesk: ReplyDesk(inbox: inbox, logger: logger),
            heartbeat: OutsideHeartbeat(monitor: nil, inbox: inbox, meters: meters, clocks: .system, logger: logger), radio: nil,
            clocks: .system, logger: logger)
        Thread.detachNewThread { [inbox] in Self.answer(inbox) }
    }

    deinit {
        inbox.put(.stop)
        // What is left of a temporary directory harms nobody.
        try? store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The errors that the log names, without the folder, in order.
    var errors: [String] {
        log.entries.filter { $0.level == .error }.compactMap { $0.metadata[LogKey.error].map { here("\($0)") } }
    }

    func write(_ configuration: String) throws { try VigilDaemonTests.write(configuration, to: folder + "/vigil.yaml") }

    /// Words of this house as they would be of any other.
    func here(_ words: String) -> String { words.replacing(folder + "/", with: "") }

    private static func answer(_ inbox: Inbox) {
        while true {
            for item in inbox.take(waitingFor: nil) {
                switch item {
                case .registry(_, _, let done): done(.taken(2))
                case .rules(_, let done): done(2)
                case .stop: return
                default: continue
                }
            }
        }
    }
}
