import ServiceLifecycle
import UnixSignals

/// SIGHUP: reads the configuration anew and reopens the alert log.
struct HangupListener: Service {
    let operations: Operations
    let notifier: SystemdNotifier

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            operations.reopenLogs()
            notifier.status(await operations.reload().summary)
        }
    }
}
