import Logging
import ServiceLifecycle
import VigilCore
import VigilStore

/// Keeps the store open until everything else has stopped, and closes it in order.
struct StoreService: Service {
    let store: Store
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()  // ends with cancellation too, and then it is time as well
        do {
            try store.close()
        } catch {
            logger.error("the database was not closed in order; the next start recovers it", metadata: [LogKey.error: "\(error)"])
        }
    }
}
