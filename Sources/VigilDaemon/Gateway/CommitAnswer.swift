import Dispatch
import Synchronization
import VigilCore
import VigilStore

/// The answer to one commit: in time to whoever waits, afterwards through the inbox, once in either case.
final class CommitAnswer: Sendable {
    private enum State {
        case open
        case given(Result<Void, StoreError>)
        case abandoned
    }

    private let state = Mutex(State.open)
    private let bell = DispatchSemaphore(value: 0)
    private let late: @Sendable (Result<Void, StoreError>) -> Void

    init(late: @escaping @Sendable (Result<Void, StoreError>) -> Void) { self.late = late }

    func give(_ result: Result<Void, StoreError>) {
        let isLate = state.withLock { state in
            if case .abandoned = state { return true }
            state = .given(result)
            return false
        }
        if isLate { late(result) } else { bell.signal() }
    }

    /// - Returns: nil when no answer came in time.
    func wait(for patience: Milliseconds) -> Result<Void, StoreError>? {
        _ = bell.wait(timeout: .now() + .milliseconds(Int(clamping: patience.rawValue)))
        return state.withLock { state in
            if case .given(let result) = state { return result }
            state = .abandoned
            return nil
        }
    }
}
