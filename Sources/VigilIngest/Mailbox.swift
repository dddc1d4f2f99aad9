import Synchronization

/// Orders to a thread that waits in poll(), taken in the order in which they were given.
final class Mailbox<Order: Sendable>: Sendable {
    private struct State {
        var waiting: [Order] = []
        var isClosed = false
    }

    let doorbell = Doorbell()
    private let state = Mutex(State())

    /// False when nobody will take it any more.
    @discardableResult
    func post(_ order: Order) -> Bool {
        let isTaken = state.withLock { state in
            if !state.isClosed { state.waiting.append(order) }
            return !state.isClosed
        }
        if isTaken { doorbell.ring() }
        return isTaken
    }

    func take() -> [Order] {
        doorbell.hush()
        return state.withLock { state in
            defer { state.waiting.removeAll(keepingCapacity: true) }
            return state.waiting
        }
    }

    /// Takes the last orders; later ones are turned away.
    func close() -> [Order] {
        state.withLock { $0.isClosed = true }
        return take()
    }
}
