import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import VigilCore

/// In a life that records nothing: looks whether the disk works again, and ends that life then, so that the next one records.
///
/// The brokers have kept everything, because nothing was acknowledged; the next life hears it again and stores it.
final class StorageReturn: Service {
    private static let interval = Duration.seconds(10)

    private let isAwaited: Bool
    private let works: @Sendable () -> Bool
    private let logger: Logger
    private let happened = Mutex(false)

    /// - Parameter works: whether the store can be opened; may block.
    init(isAwaited: Bool, works: @escaping @Sendable () -> Bool, logger: Logger) {
        self.isAwaited = isAwaited
        self.works = works
        self.logger = logger
    }

    var hasHappened: Bool { happened.withLock { $0 } }

    func run() async throws {
        guard isAwaited else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown { [self] in
            // Cancelled at shutdown: the loop's condition sees it.
            while (try? await Task.sleep(for: Self.interval)) != nil {
                guard await look() else { continue }
                happened.withLock { $0 = true }
                return logger.notice("the disk works again; ending, so that the next start records")
            }
        }
    }

    /// On a thread of its own, because a disk may hang.
    private func look() async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [works] in continuation.resume(returning: works()) }
        }
    }
}
