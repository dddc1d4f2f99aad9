import Foundation
public import Logging
public import ServiceLifecycle
public import Synchronization
public import VigilConsole
public import VigilCore
public import VigilStore

/// A control socket with a real engine and a real store behind it, in a directory of its own.
public final class ConsoleHouse: Sendable {
    public let directory: String
    private let signal = ConsoleSignal()
    private let script = Mutex(EngineScript())
    private let stored = Mutex(0)
    private let unrecorded = Mutex(UnrecordedTurns())
    public let store: Store
    /// What the next reload answers.
    public let reloads = Mutex<ReloadResult>(ReloadResult(rulesVersion: 2, warnings: ["vigil.yaml:3:1: warning: careful"]))

    /// What is heard over the air.
    public let bluetooth = Mutex(BluetoothReport(asOf: WallTime(EngineScript.origin.rawValue), adapters: []))

    public var socket: String { directory + "/control.sock" }

    private let clock: ClockReading

    /// - Parameter clock: where the wall stands against the engine's time.
    public init(clock: ClockReading = EngineScript.clock) throws {
        self.clock = clock
        directory = FileManager.default.temporaryDirectory.appending(path: "vigil-console-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var options = StoreOptions()
        options.ballastBytes = 0
        store = try Store.open(directory: directory, options: options)
    }

    deinit {
        // A directory that stays in the temporary folder harms nothing.
        try? store.close()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Something happens, and is committed as the gateway would.
    ///
    /// - Parameter isStored: false while the storage fails; from then on nothing is.
    @discardableResult
    public func happen(isStored: Bool = true, _ body: (inout EngineScript) -> [Effect]) throws -> [Effect] {
        let (turn, effects) = script.withLock { script in
            let effects = body(&script)
            let already = stored.withLock { stored in
                defer { stored = script.inputs.count }
                return stored
            }
            var turn = Turn()
            turn.journal = Array(script.inputs[already...])
            turn.timeline = effects.entries
            turn.alerts = script.alerts.filter { alert in effects.entries.contains { $0.alert == alert.id } }
            let touched = Set(effects.deliveries.map(\.id))
            turn.orders = effects.orders
            turn.tests = effects.tests
            turn.visits = effects.visits
            turn.deliveries = script.deliveries.filter { touched.contains($0.id) }
            return (turn, effects)
        }
        guard isStored else {
            unrecorded.withLock { $0.add(turn) }
            return effects
        }
        try commit(turn)
        signal.grew()
        return effects
    }

    public func commit(_ turn: Turn) throws {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<Void, StoreError>>(.success(()))
        store.commit(turn) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        try outcome.withLock { $0 }.get()
    }

    public var services: ConsoleServices {
        ConsoleServices(
            submit: { command in
                // A store that refuses is a fault of the test itself.
                let effects = try? self.happen { $0.apply(.command(command)) }
                let replies = (effects ?? []).compactMap { if case .reply(let reply) = $0 { reply } else { nil } }
                return replies.first ?? CommandReply(command: command.id, verdict: .refused(LocalizedText(zh: "没有回答", en: "no reply")))
            },
            importRegistry: { yaml, file, base in
                if let base, base != 6 { return .outdated(6) }
                guard yaml.hasPrefix("community:") else { return .refused(["\(file):1:1: no community"]) }
                return .imported(SmallCommunity.registry(version: 7), warnings: ["\(file):9:9: warning: thin"])
            },
            exportRegistry: { "community:\n" },
            status: {
                StatusReport(
                    version: "1", startedAt: WallTime(1_763_800_000_000), uptime: .seconds(5),
                    notReady: ["broker main is not connected"])
            },
            readiness: { Readiness(isReady: false, reasons: ["broker main is not connected"]) },
            metrics: { "vigil_up 1\n" }, reload: { self.reloads.withLock { $0 } }, clock: { self.clock },
            wall: { self.clock.wall(at: self.script.withLock { $0.time }) }, timeZone: { "Asia/Shanghai" },
            blindList: { self.script.withLock { $0.engine.blindList } },
            coverageFacts: { self.script.withLock { $0.engine.coverageFacts } },
            deviceFacts: { self.script.withLock { $0.engine.deviceFacts } },
            verdicts: { sequences in self.script.withLock { $0.engine.verdicts(of: sequences) } },
            bluetooth: { self.bluetooth.withLock { $0 } },
            decoders: { [TextDecoder()] },
            timelineGrew: { self.signal.stream() }, reader: store.reader, unrecorded: { self.unrecorded.withLock { $0 } })
    }

    /// Runs the control server for as long as the body does.
    public func serve<Value: Sendable>(
        policy: PeerPolicy? = nil, keepalive: Duration = .seconds(15), _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await Self.serve(body) { running in
            ControlServer(
                path: self.socket, services: self.services, policy: policy, keepalive: keepalive, logger: Self.logger,
                onServerRunning: { running.finish() })
        }
    }

    /// Runs a service until the body returns; fails where the service does.
    public static func serve<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value, _ service: (AsyncStream<Void>.Continuation) -> any Service
    ) async throws -> Value {
        let (running, isRunning) = AsyncStream.makeStream(of: Void.self)
        let group = ServiceGroup(services: [service(isRunning)], logger: logger)
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                defer { isRunning.finish() }
                try await group.run()
                return nil
            }
            for await _ in running {}
            tasks.addTask { try await body() }
            var value: Value?
            while let next = try await tasks.next() {
                guard let next else { continue }
                value = next
                await group.triggerGracefulShutdown()
            }
            guard let value else { throw ConsoleStartFailure() }
            return value
        }
    }

    struct ConsoleStartFailure: Error {}

    public static let logger = Logger(label: "console-tests") { _ in SwiftLogNoOpLogHandler() }
}
