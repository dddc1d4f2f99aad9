import Dispatch
import Synchronization
import VigilCore

/// A publication on its way through a publisher's thread, and the caller that may be waiting for it.
final class PendingPublication: Sendable {
    let publication: MQTTPublication
    /// nil: nobody waits, and it is kept over a lost connection.
    let deadline: BootTime?

    private let outcome = Mutex<PublishOutcome?>(nil)
    private let settled = DispatchSemaphore(value: 0)

    init(_ publication: MQTTPublication, deadline: BootTime?) {
        self.publication = publication
        self.deadline = deadline
    }

    /// The first outcome counts.
    func settle(_ result: PublishOutcome) {
        let isFirst = outcome.withLock { outcome in
            defer { if outcome == nil { outcome = result } }
            return outcome == nil
        }
        if isFirst { settled.signal() }
    }

    /// Blocks until it is settled, or its deadline is over although nobody took it up. To be called once.
    func wait() -> PublishOutcome {
        let grace = Milliseconds.seconds(1)
        let remaining = deadline.map { max(0, ($0 + grace - .now()).rawValue) } ?? 0
        _ = settled.wait(timeout: .now() + .milliseconds(Int(clamping: remaining)))
        return outcome.withLock { $0 } ?? .timedOut
    }
}
