import CPlatform
import Glibc

/// Wakes a thread that waits in poll(); safe to ring from any thread.
final class Doorbell: Sendable {
    /// Readable from the first ring until `hush()`.
    let descriptor: Int32

    init() {
        descriptor = cplatform_eventfd()
        // Only when the process starts without a free descriptor: it could not listen to anything either.
        precondition(descriptor >= 0, "cannot create an eventfd: \(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    func ring() {
        // EAGAIN means that the counter is full: it has been ringing all along.
        _ = cplatform_eventfd_signal(descriptor)
    }

    func hush() {
        // EAGAIN means that nobody rang.
        _ = cplatform_eventfd_clear(descriptor)
    }
}
