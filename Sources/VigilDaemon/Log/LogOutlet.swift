import Foundation
import Synchronization

/// Writes log lines to a descriptor on a thread of its own, so that nobody waits for who reads them (`promises.md`, A19).
///
/// Where lines come faster than they are read, or nobody reads them at all, the newest are left out and counted; the first line that is written
/// again says how many.
final class LogOutlet: Sendable {
    private struct State {
        var lines: [String] = []
        var left = 0
        var isWriting = false
    }

    /// More than any good hour writes; a few hundred kilobytes.
    private static let limit = 2000

    private let descriptor: Int32
    private let state = Mutex(State())
    private let condition = NSCondition()

    /// - Parameter descriptor: stays open as long as the process does.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        let thread = Thread { [self] in run() }
        thread.name = "log"
        thread.start()
    }

    /// Takes a line with its end; never waits.
    func write(_ line: String) {
        state.withLock { state in
            if state.lines.count < Self.limit { state.lines.append(line) } else { state.left += 1 }
        }
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// Waits until everything is written, that long at most.
    func flush(within seconds: TimeInterval) {
        let deadline = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while state.withLock({ $0.isWriting || !$0.lines.isEmpty }) {
            guard condition.wait(until: deadline) else { return }
        }
    }

    private func run() {
        while true {
            let text = state.withLock { state in
                let text = state.lines.joined() + (state.left > 0 ? "vigil: \(state.left) log lines were left out\n" : "")
                state.lines = []
                state.left = 0
                state.isWriting = !text.isEmpty
                return text
            }
            if !text.isEmpty { writeOut(Array(text.utf8)) }
            condition.lock()
            state.withLock { $0.isWriting = false }
            condition.broadcast()
            while state.withLock({ $0.lines.isEmpty }) { condition.wait() }
            condition.unlock()
        }
    }

    /// Blocks as long as nobody reads. What a closed descriptor does not take is lost: there is nobody left to tell.
    private func writeOut(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
