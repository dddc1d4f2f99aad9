import ServiceLifecycle
import VigilCore

/// Proves to systemd that the loop turns: a beat only after a round trip from the inbox through the gateway.
///
/// It proves inbox to engine, not storage: a full disk must not make systemd kill the only one who still alarms.
struct Watchdog: Service {
    let notifier: SystemdNotifier
    let inbox: Inbox

    func run() async throws {
        guard let interval = notifier.watchdogInterval else { return try await gracefulShutdown() }
        await repeatUntilShutdown(every: interval) {
            await withCheckedContinuation { continuation in inbox.put(.probe { continuation.resume() }) }
            notifier.watchdog()
        }
    }
}
