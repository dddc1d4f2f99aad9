import Synchronization
import VigilCore

/// Whether a thread that lives by its mailbox still takes what lies in it: it is asked now and then, and answers when it comes by.
///
/// What follows from either verdict happens before the next one can be reached: whoever is told hears them in their order.
final class LifeSign: Sendable {
    /// Much longer than any turn takes.
    static let patience = Milliseconds.seconds(30)

    private struct State {
        /// nil where nothing is left unanswered.
        var askedAt: BootTime?
        var isGivenUp = false
    }

    private let state = Mutex(State())

    /// - Parameters:
    ///   - ask: puts the question before the thread; only where the last one was answered.
    ///   - giveUp: called once for a thread that left one unanswered for too long.
    func look(at time: BootTime, ask: () -> Void, giveUp: () -> Void) {
        state.withLock { state in
            guard let askedAt = state.askedAt else {
                state.askedAt = time
                return ask()
            }
            guard !state.isGivenUp, time - askedAt >= Self.patience else { return }
            state.isGivenUp = true
            giveUp()
        }
    }

    /// - Parameter comeBack: called where it had been given up.
    func answer(comeBack: () -> Void) {
        state.withLock { state in
            if state.isGivenUp { comeBack() }
            state = State()
        }
    }
}
