import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import VigilCore
import VigilStore

/// Gives the gateway its thread, and ends it in order.
final class GatewayService: Service {
    struct Parts: Sendable {
        var settings: Gateway.Settings
        var inbox: Inbox
        var store: Store
        var clocks: Clocks
        var recovery: Recovery.Result
        var unconfirmed: [SourceID: [JournaledFrame]]
        var outlets: Outlets
        var meters: GatewayMeters
        var sources: [SourceHandle]
        var rules: RuleSet
        var stateDirectory: String
        /// Why this life records nothing, if it does not.
        var unrecorded: String?
    }

    private let parts: Parts
    private let readiness: ReadinessBoard
    private let logger: Logger
    private let exit = Mutex<GatewayExit?>(nil)

    init(parts: Parts, readiness: ReadinessBoard, logger: Logger) {
        self.parts = parts
        self.readiness = readiness
        self.logger = logger
    }

    var exitCode: Int32 {
        switch exit.withLock({ $0 }) {
        case .storageBroken: Daemon.ExitCode.storageBroken
        case .stopped, .stoppedWithoutStorage, nil: Daemon.ExitCode.ok
        }
    }

    func run() async throws {
        let stop: @Sendable () -> Void = { [inbox = parts.inbox] in inbox.put(.stop) }
        // Its thread hears of a cancellation only if somebody tells it.
        let ended = await withTaskCancellationHandler {
            await withGracefulShutdownHandler(operation: runThread, onGracefulShutdown: stop)
        } onCancel: {
            stop()
        }
        exit.withLock { $0 = ended }
        parts.inbox.close()
        if case .storageBroken(let error) = ended {
            VerifyMark.leave(in: parts.stateDirectory)
            logger.critical("the disk cannot be trusted; stopping to verify it", metadata: [LogKey.error: "\(error)"])
        }
    }

    @Sendable
    private func runThread() async -> GatewayExit {
        await withCheckedContinuation { continuation in
            let thread = Thread { [parts, logger, readiness] in
                continuation.resume(returning: Self.turn(parts, logger: logger, isTurning: readiness.gatewayRuns))
            }
            thread.name = "gateway"
            thread.start()
        }
    }

    private static func turn(_ parts: Parts, logger: Logger, isTurning: () -> Void) -> GatewayExit {
        let desks = parts.sources.map { handle in
            let unconfirmed = (parts.unconfirmed[handle.id] ?? []).map { (sequence: $0.sequence, frame: $0.frame) }
            return (handle.id, SourceDesk(handle: handle, unconfirmed: unconfirmed))
        }
        var gateway = Gateway(
            settings: parts.settings, inbox: parts.inbox, store: parts.store, clocks: parts.clocks, clock: parts.recovery.clock,
            outlets: parts.outlets, refusedRows: RefusedRows(directory: parts.stateDirectory), meters: parts.meters, logger: logger,
            engine: parts.recovery.engine,
            desks: Dictionary(uniqueKeysWithValues: desks), lastSnapshotAt: parts.recovery.lastSnapshotAt)
        Failpoint.afterRecovery.pass()
        if let exit = gateway.begin(parts.recovery.start, rules: parts.rules, unrecorded: parts.unrecorded) { return exit }
        isTurning()
        return gateway.run()
    }
}
