import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import VigilCore
import VigilNotify

/// Tells a monitor outside the box that the watch stands, or that it must fail: nobody is reachable, nothing is recorded, nothing turns.
///
/// It only looks, and speaks on a thread of its own: a monitor that hangs keeps nothing else waiting. A box that is gone says nothing, and
/// that is how the outside notices.
final class OutsideHeartbeat: Service {
    /// So often it looks. A gateway that is stuck gives no sign, so there is none to wait for.
    private static let glance = Duration.seconds(1)
    /// So many alerts are named; the number of all is said.
    private static let namedAlerts = 20

    private let monitor: HeartbeatMonitor?
    private let inbox: Inbox
    private let meters: GatewayMeters
    private let clocks: Clocks
    private let logger: Logger
    private let stall = Mutex(StallWatch())
    private let latest = Mutex<State?>(nil)

    /// What was told last, and whether it arrived.
    struct State: Hashable, Sendable {
        var verdict: HeartbeatVerdict
        /// Why it was not told; nil when it was.
        var failure: String?
    }

    /// - Parameter monitor: nil where nobody outside is told.
    init(monitor: HeartbeatMonitor?, inbox: Inbox, meters: GatewayMeters, clocks: Clocks, logger: Logger) {
        self.monitor = monitor
        self.inbox = inbox
        self.meters = meters
        self.clocks = clocks
        self.logger = logger
    }

    /// nil where nobody outside is told, or nobody was yet.
    var state: State? { latest.withLock { $0 } }

    func run() async throws {
        guard let monitor else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown { [self] in
            var plan = HeartbeatPlan(every: monitor.every)
            while !Task.isCancelled {
                let verdict = verdict(at: clocks.boot())
                if plan.isDue(verdict, at: clocks.boot()) { await tell(verdict, monitor, &plan) }
                // Cancelled at shutdown: the loop's condition sees it.
                try? await Task.sleep(for: Self.glance)
            }
        }
    }

    private func tell(_ verdict: HeartbeatVerdict, _ monitor: HeartbeatMonitor, _ plan: inout HeartbeatPlan) async {
        let failure = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: monitor.tell(verdict)) }
        }
        let news = plan.told(verdict, at: clocks.boot(), failing: failure)
        let before = latest.withLock { state in
            defer { state = State(verdict: verdict, failure: failure) }
            return state?.verdict ?? HeartbeatVerdict()
        }
        if before != verdict { say(verdict) }
        switch news {
        case .lost(let why):
            logger.warning(
                "the outside monitor is not reached and will take this box for dead; mend the network or the address",
                metadata: [LogKey.error: "\(why)"])
        case .found: logger.notice("the outside monitor is reached again")
        case nil: break
        }
    }

    private func say(_ verdict: HeartbeatVerdict) {
        if verdict.isWell { return logger.notice("the outside heartbeat is well again") }
        logger.notice(
            "the outside heartbeat is set to fail", metadata: [LogKey.error: "\(verdict.reasons.joined(separator: "; "))"])
    }

    /// How the watch is now.
    func verdict(at now: BootTime) -> HeartbeatVerdict {
        let asks = stall.withLock { $0.asks(at: now) }
        if asks { inbox.put(.probe { [self] in stall.withLock { $0.answered() } }) }
        let reading = meters.reading
        var reasons: [String] = []
        let unreachable = reading.openAlerts.values.filter(\.isUnreachable).map(\.id).sorted()
        if !unreachable.isEmpty {
            let names = unreachable.prefix(Self.namedAlerts).map(\.rawValue).joined(separator: " ")
            reasons.append("nobody_reachable \(unreachable.count): \(names)")
        }
        if !reading.isStorageUp { reasons.append("not_recording") }
        if stall.withLock({ $0.isStalled(at: now) }) { reasons.append("stalled") }
        return HeartbeatVerdict(reasons: reasons)
    }
}
