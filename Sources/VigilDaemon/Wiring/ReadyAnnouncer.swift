import Logging
import ServiceLifecycle
import VigilCore

/// Tells systemd once everything stands, and the operator what it waits for until then.
struct ReadyAnnouncer: Service {
    let readiness: ReadinessBoard
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        notifier.status("starting: \(readiness.missing.joined(separator: ", "))")
        await cancelWhenGracefulShutdown {
            await readiness.wait()
            guard !Task.isCancelled else { return }
            notifier.ready("keeping watch")
            logger.notice("keeping watch")
        }
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        notifier.stopping()
    }
}
