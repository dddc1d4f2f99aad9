import CPlatform
import Glibc
import VigilCore

/// Wakes the one thread that waits for it; a ring that nobody waits for is kept.
///
/// Its waits are lengths of time. Those of a semaphore end at a time of day, and a wall clock that is set back puts that off.
final class Bell: Sendable {
    private let descriptor: Int32

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

    /// Returns at a ring or when the time is over; with nil at a ring alone. A signal looks like a ring.
    func wait(for patience: Milliseconds?) {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&polled, 1, patience.map { Int32(clamping: max(0, $0.rawValue)) } ?? -1)
        // EAGAIN means that nobody rang.
        _ = cplatform_eventfd_clear(descriptor)
    }
}
