internal import Dispatch
internal import Foundation
internal import Synchronization
internal import VigilCore

/// The operating system's thread that the writer lives on, and the queue in front of it.
///
/// A commit may hang for as long as the disk likes: that must be neither the gateway's thread nor one of those that tasks share.
final class WriterThread: Sendable {
    typealias Completion = @Sendable (Result<Void, StoreError>) -> Void

    private enum Job: Sendable {
        case commit(Turn, Completion)
        case advance(cursor: String, position: String)
        case close(Completion)
    }

    private struct State {
        var jobs: [Job] = []
        var isClosing = false
        var opened: Result<Bool, StoreError>?
    }

    private let path: String
    private let upkeepFailed: @Sendable (StoreError) -> Void
    private let state = Mutex(State())
    /// Signalled once for each job.
    private let wake = DispatchSemaphore(value: 0)

    init(path: String, upkeepFailed: @escaping @Sendable (StoreError) -> Void) {
        self.path = path
        self.upkeepFailed = upkeepFailed
    }

    /// Starts the thread, and opens the database on it.
    ///
    /// - Returns: Whether the database had been closed in order.
    func start(lock: DirectoryLock, options: StoreOptions) throws(StoreError) -> Bool {
        let isOpen = DispatchSemaphore(value: 0)
        let thread = Thread { [self] in
            do {
                let writer = try Writer(path: path, lock: lock, options: options)
                let wasClean = try writer.begin()
                state.withLock { $0.opened = .success(wasClean) }
                isOpen.signal()
                run(writer, options: options)
            } catch {
                state.withLock { $0.opened = .failure(StoreError(error, action: "open the database", path: path)) }
                isOpen.signal()
            }
        }
        thread.name = "vigil-store"
        thread.start()
        isOpen.wait()
        guard let opened = state.withLock({ $0.opened }) else { preconditionFailure("the thread signalled without a result") }
        return try opened.get()
    }

    // MARK: From any thread

    func commit(_ turn: Turn, completion: @escaping Completion) {
        if !push(.commit(turn, completion)) { completion(.failure(closedError("commit a turn"))) }
    }

    func advance(cursor: String, to position: String) {
        // A position that comes too late is one that a follower reads again: no loss.
        _ = push(.advance(cursor: cursor, position: position))
    }

    /// Commits what was handed over before, then closes.
    func close(completion: @escaping Completion) {
        let isFirst = state.withLock { state in
            guard !state.isClosing else { return false }
            state.isClosing = true
            state.jobs.append(.close(completion))
            return true
        }
        if isFirst { wake.signal() } else { completion(.failure(closedError("close the store"))) }
    }

    private func push(_ job: Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosing else { return false }
            state.jobs.append(job)
            return true
        }
        if isTaken { wake.signal() }
        return isTaken
    }

    private func closedError(_ action: String) -> StoreError {
        StoreError(.closed, action: action, path: path, cause: "the store is closed")
    }

    // MARK: On the thread

    private static let jobsBetweenUpkeep = 8

    private func run(_ writer: Writer, options: StoreOptions) {
        var upkeep = Upkeep(options: options)
        var jobsInARow = 0
        while true {
            // Upkeep is done one small piece at a time while no turn waits; under a load without pauses a piece goes in between all the
            // same, or the write-ahead log would grow without end.
            let mustRest = jobsInARow >= Self.jobsBetweenUpkeep && upkeep.deadline <= .now()
            guard !mustRest, wake.wait(timeout: upkeep.deadline) == .success else {
                jobsInARow = 0
                do throws(StoreError) { try upkeep.step(writer) } catch { upkeepFailed(error) }
                continue
            }
            jobsInARow += 1
            switch state.withLock({ $0.jobs.removeFirst() }) {
            case .commit(let turn, let completion):
                completion(Result { () throws(StoreError) in try writer.commit(turn) })
                upkeep.committed(writer)
                do throws(StoreError) { try writer.copyRegistry(of: turn) } catch { upkeepFailed(error) }
            case .advance(let cursor, let position):
                writer.advance(cursor: cursor, to: position)
                upkeep.advanced()
            case .close(let completion):
                return completion(Result { () throws(StoreError) in try writer.close() })
            }
        }
    }
}
