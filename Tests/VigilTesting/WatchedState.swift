import Dispatch
import Synchronization

/// A value that threads change and a test waits on, in place of sleeping. One waits at a time.
public final class WatchedState<Value: Sendable>: Sendable {
    private let current: Mutex<Value>
    private let changed = DispatchSemaphore(value: 0)

    public init(_ value: Value) { current = Mutex(value) }

    public var value: Value { current.withLock { $0 } }

    public func update(_ change: (inout Value) -> Void) {
        current.withLock { change(&$0) }
        changed.signal()
    }

    /// Blocks until the claim holds; false when it did not within a time that no healthy run needs.
    public func wait(seconds: Int = 30, for holds: (Value) -> Bool) -> Bool {
        let end = DispatchTime.now() + .seconds(seconds)
        while !current.withLock({ holds($0) }) {
            // Each change signals once; changes that were seen already only cost another look.
            if changed.wait(timeout: end) == .timedOut { return current.withLock { holds($0) } }
        }
        return true
    }
}
