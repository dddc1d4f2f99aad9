import Foundation
import Synchronization
import VigilCore

/// One thread with a name, and a way to wait for its end.
final class Worker: Sendable {
    private enum State {
        case idle, running, ended
    }

    private let state = Mutex<State>(.idle)
    private let ended = DispatchSemaphore(value: 0)

    /// Runs the body on a new thread; only the first call does.
    func start(name: String, _ body: @escaping @Sendable () -> Void) {
        let isFirst = state.withLock { state in
            defer { if state == .idle { state = .running } }
            return state == .idle
        }
        guard isFirst else { return }
        let thread = Thread { [self] in
            body()
            state.withLock { $0 = .ended }
            ended.signal()
        }
        thread.name = name
        thread.start()
    }

    /// Returns when the thread has ended, or at once if it never started.
    ///
    /// - Parameter limit: the thread is left behind after so long; nil waits for ever.
    func join(within limit: Milliseconds? = nil) {
        guard state.withLock({ $0 }) != .idle else { return }
        let end = limit.map { DispatchTime.now() + .milliseconds(Int($0.rawValue)) } ?? .distantFuture
        // For whoever else waits.
        if ended.wait(timeout: end) == .success { ended.signal() }
    }
}
