import Dispatch
import Foundation
import Glibc
import Synchronization

/// From the start of a child to its end, which a thread of its own waits for.
///
/// The child is collected under the lock that signals are sent under, so that none ever goes to a stranger who has its id next.
final class ChildLife: Sendable {
    let identifier: pid_t
    private let collected = Mutex<ChildProcess.End?>(nil)
    private let running = DispatchGroup()

    init(of identifier: pid_t) {
        self.identifier = identifier
        running.enter()
        Thread.detachNewThread { [self] in
            awaitEnd()
            running.leave()
        }
    }

    /// nil while it runs.
    var end: ChildProcess.End? { collected.withLock { $0 } }

    func signal(_ number: Int32) {
        collected.withLock { if $0 == nil { _ = kill(identifier, number) } }
    }

    func wait() -> ChildProcess.End {
        running.wait()
        guard let end else { preconditionFailure("a child that ended was not collected") }
        return end
    }

    func wait(milliseconds: Int) -> ChildProcess.End? {
        _ = running.wait(timeout: .now() + .milliseconds(milliseconds))
        return end
    }

    private func awaitEnd() {
        var information = siginfo_t()
        // It stays a zombie: its id is not given away before it is collected.
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        collected.withLock { end in
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
            // WIFEXITED and its kin are macros, which Swift does not see.
            end = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f)
        }
    }
}
