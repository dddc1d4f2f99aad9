import Glibc
import Synchronization
import VigilCore
import VigilIngest
import VigilStore

/// The answer to one commit: in time to whoever waits, afterwards through the inbox, once in either case.
final class CommitAnswer: Sendable {
    private enum State {
        case open
        case given(Result<Void, StoreError>)
        case abandoned
    }

    /// How long somebody who is in a hurry stays awake.
    private static let alertness = Milliseconds(2)

    private let state = Mutex(State.open)
    private let bell: Bell
    private let late: @Sendable (Result<Void, StoreError>) -> Void

    /// - Parameter bell: of the thread that waits; it may ring for something else.
    init(ringing bell: Bell, late: @escaping @Sendable (Result<Void, StoreError>) -> Void) {
        self.bell = bell
        self.late = late
    }

    func give(_ result: Result<Void, StoreError>) {
        let isLate = state.withLock { state in
            if case .abandoned = state { return true }
            state = .given(result)
            return false
        }
        if isLate { late(result) } else { bell.ring() }
    }

    private var isGiven: Bool { state.withLock { if case .given = $0 { true } else { false } } }

    /// - Parameter inHurry: somebody is to hear of what is stored: a good disk answers sooner than a thread that sleeps wakes up.
    /// - Returns: nil when no answer came in time.
    func wait(for patience: Milliseconds, inHurry: Bool) -> Result<Void, StoreError>? {
        let begin = BootTime.now()
        let end = begin + patience
        // Yielding leaves the processor to the writer where there is one only.
        while inHurry, !isGiven, BootTime.now() - begin < Self.alertness { sched_yield() }
        while !isGiven, BootTime.now() < end { bell.wait(for: end - .now()) }
        return state.withLock { state in
            if case .given(let result) = state { return result }
            state = .abandoned
            return nil
        }
    }
}
