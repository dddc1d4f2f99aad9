import ServiceLifecycle
import UnixSignals
import VigilConsole

/// SIGHUP: reads the configuration anew and reopens the alert log.
struct HangupListener: Service {
    let operations: Operations
    let notifier: SystemdNotifier

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            operations.reopenLogs()
            let result = await operations.reload()
            notifier.status(result.faults.first.map { "keeping watch; reload refused: \($0)" } ?? "keeping watch")
        }
    }
}
