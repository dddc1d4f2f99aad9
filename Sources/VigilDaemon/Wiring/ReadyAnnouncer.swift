import Logging
import ServiceLifecycle
import VigilCore

/// Tells systemd once the watch stands, and the operator at any time what it lacks: `systemctl status vigil`.
struct ReadyAnnouncer: Service {
    let readiness: ReadinessBoard
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        var isReady = false
        for await _ in readiness.changes().cancelOnGracefulShutdown() {
            let missing = readiness.missing.joined(separator: "; ")
            if readiness.isComplete, !isReady {
                isReady = true
                notifier.ready(Self.words(missing))
                logger.notice("keeping watch", metadata: missing.isEmpty ? nil : [LogKey.missing: "\(missing)"])
            } else {
                notifier.status(isReady ? Self.words(missing) : "starting; \(missing)")
            }
        }
        notifier.stopping()
    }

    private static func words(_ missing: String) -> String { missing.isEmpty ? "keeping watch" : "keeping watch; \(missing)" }
}
