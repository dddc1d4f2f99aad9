internal import CPlatform
internal import Glibc
public import VigilCore

/// Ends a request that another thread waits in. Once cancelled, always cancelled.
public final class HTTPCancellation: Sendable {
    /// Readable from `cancel()` on; -1 where the process has no descriptor left, and then `cancel()` is noticed late.
    let descriptor: Int32

    public init() { descriptor = cplatform_eventfd() }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    public func cancel() {
        // The counter of an eventfd that was just created cannot overflow, the only way in which this fails.
        _ = cplatform_eventfd_signal(descriptor)
    }

    public var isCancelled: Bool { wait(.zero) }

    /// Sleeps for that long, or until cancelled; says which.
    public func wait(_ length: Milliseconds) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, Int32(clamping: length.rawValue)) > 0
    }
}
