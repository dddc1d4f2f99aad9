import Dispatch
import Synchronization
import VigilCore
import VigilStore

extension Store {
    /// Commits a turn as the gateway does: the caller goes on when it is on the disk.
    func commitAndWait(_ turn: Turn) throws {
        final class Answer: Sendable {
            let result = Mutex<Result<Void, StoreError>>(.success(()))
            let bell = DispatchSemaphore(value: 0)
        }
        let answer = Answer()
        commit(turn) { result in
            answer.result.withLock { $0 = result }
            answer.bell.signal()
        }
        answer.bell.wait()
        try answer.result.withLock { $0 }.get()
    }
}
