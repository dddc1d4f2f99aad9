internal import Dispatch
internal import Foundation
internal import Synchronization

/// The lines that a process has printed so far, and who waits for more.
final class ReceiverOutput: Sendable {
    private struct State {
        var lines: [ReceiverLine] = []
        var waiters: [DispatchSemaphore] = []
    }

    private let state = Mutex(State())

    var lines: [ReceiverLine] { state.withLock { $0.lines } }

    /// Reads until the process closes its end. Runs on a thread of its own.
    func read(_ handle: FileHandle?) {
        guard let handle else { return }
        var rest = Data()
        while true {
            let piece = handle.availableData
            if piece.isEmpty { return }
            rest += piece
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = rest[..<end]
                rest = Data(rest[rest.index(after: end)...])
                // In pretty mode most lines are pictures, not JSON.
                guard let parsed = try? JSONDecoder().decode(ReceiverLine.self, from: line) else { continue }
                let waiters = state.withLock { state in
                    state.lines.append(parsed)
                    return state.waiters
                }
                for waiter in waiters { waiter.signal() }
            }
        }
    }

    /// Blocks until as many lines fit, or the time is over; answers those that fit.
    func wait(for count: Int, within limit: DispatchTimeInterval, where fits: (ReceiverLine) -> Bool) -> [ReceiverLine] {
        let waiter = DispatchSemaphore(value: 0)
        state.withLock { $0.waiters.append(waiter) }
        defer { state.withLock { state in state.waiters.removeAll { $0 === waiter } } }
        let deadline = DispatchTime.now() + limit
        while true {
            let found = lines.filter(fits)
            if found.count >= count || waiter.wait(timeout: deadline) == .timedOut { return found }
        }
    }
}
