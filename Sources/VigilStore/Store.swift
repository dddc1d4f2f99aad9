internal import Dispatch
internal import Foundation
internal import GRDBSQLite
internal import Synchronization
public import VigilCore

/// `live.db`: the journal, alerts, outbox, snapshots and registry of one installation.
///
/// One connection writes, on a thread of its own; everybody else reads through `reader`. What `commit` reported as done survives a
/// power cut.
public final class Store: Sendable {
    /// The database's name in the state directory.
    public static let fileName = "live.db"

    /// What an operator should know, although the store opened.
    public let notices: [StoreNotice]
    /// Whether the run before this one closed the store.
    public let wasClosedInOrder: Bool
    /// For everybody who reads.
    public let reader: StoreReader
    private let writer: WriterThread
    private let ballast: Ballast

    /// Opens the store of a state directory, and creates both where they are missing.
    ///
    /// - Parameter upkeepFailed: Told on the writer's thread of failures that no turn can be told of; must not block.
    /// - Throws: `inUse` when another instance has the directory, `newerSchema`, `corrupt`, and what the disk says.
    public static func open(
        directory: String, options: StoreOptions = StoreOptions(), upkeepFailed: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) throws(StoreError) -> Store {
        let lock = try DirectoryLock(path: directory)
        do throws(StoreError) {
            let exchange = DatabaseExchange(directory: directory)
            if exchange.isUnfinished { try exchange.finish(lock) }
            try refuseEmptied(directory)
            return try open(lock: lock, options: options, upkeepFailed: upkeepFailed)
        } catch {
            // At once, whoever holds the object still: a damaged database is replaced next.
            lock.release()
            throw error
        }
    }

    private static func open(
        lock: DirectoryLock, options: StoreOptions, upkeepFailed: @escaping @Sendable (StoreError) -> Void
    ) throws(StoreError) -> Store {
        let ballast = Ballast(path: lock.path + "/ballast", bytes: options.ballastBytes)
        let (writer, wasClean) = try start(lock: lock, ballast: ballast, options: options, upkeepFailed: upkeepFailed)
        do throws(StoreError) {
            try lock.sync()
            return Store(
                notices: notices(wasClean: wasClean, ballast: ballast), wasClosedInOrder: wasClean,
                reader: try StoreReader(directory: lock.path), writer: writer, ballast: ballast)
        } catch {
            // What made this fail is told; how the closing goes adds nothing to it.
            writer.close { _ in }
            throw error
        }
    }

    /// A database that had a registry once and has no byte now is no new one.
    private static func refuseEmptied(_ directory: String) throws(StoreError) {
        let path = directory + "/" + fileName
        // Absent like empty.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.size] as? Int ?? 0 == 0, RegistryCopy(directory: directory).exists else { return }
        throw StoreError(.corrupt, action: "open the database", path: path, cause: "it is empty or gone, and had a registry before")
    }

    /// Starts the writer; where there is not even room for that, with the ballast's.
    private static func start(
        lock: DirectoryLock, ballast: Ballast, options: StoreOptions, upkeepFailed: @escaping @Sendable (StoreError) -> Void
    ) throws(StoreError) -> (WriterThread, wasClean: Bool) {
        let path = lock.path + "/" + fileName
        do throws(StoreError) {
            let writer = WriterThread(path: path, upkeepFailed: upkeepFailed)
            return (writer, try writer.start(lock: lock, options: options))
        } catch {
            guard error.kind == .full, ballast.isPresent else { throw error }
            try ballast.release()
            let writer = WriterThread(path: path, upkeepFailed: upkeepFailed)
            return (writer, try writer.start(lock: lock, options: options))
        }
    }

    private static func notices(wasClean: Bool, ballast: Ballast) -> [StoreNotice] {
        var notices: [StoreNotice] = []
        if sqlite3_libversion_number() < 3_051_003 { notices.append(.hasCheckpointBug(sqlite: String(cString: sqlite3_libversion()))) }
        if !wasClean { notices.append(.wasNotClosed) }
        do { try ballast.restore() } catch { notices.append(.hasNoBallast(error)) }
        return notices
    }

    private init(
        notices: [StoreNotice], wasClosedInOrder: Bool, reader: StoreReader, writer: WriterThread, ballast: Ballast
    ) {
        self.notices = notices
        self.wasClosedInOrder = wasClosedInOrder
        self.reader = reader
        self.writer = writer
        self.ballast = ballast
    }

    // A store that is dropped is closed; nobody is left to tell how that went.
    deinit { writer.close { _ in } }

    /// Stores a turn in one transaction, all of it or nothing.
    ///
    /// Turns are stored in the order of the calls. After a failure nothing of the turn is there, and the store takes the next one as soon as
    /// the cause is gone; only after `syncFailed` it takes none any more.
    ///
    /// - Parameter completion: Called exactly once, on the writer's thread, however late; must not block.
    public func commit(_ turn: Turn, completion: @escaping @Sendable (Result<Void, StoreError>) -> Void) {
        writer.commit(turn, completion: completion)
    }

    /// Remembers how far a follower of the timeline has come.
    ///
    /// Written with the next turn or after a second, so a crash can set it back by that much; what was followed since comes again.
    public func advance(cursor: String, to position: String) {
        writer.advance(cursor: cursor, to: position)
    }

    /// Reads back what a new engine starts from.
    ///
    /// - Parameter reopenWindow: Alerts that were closed less than this before the last input come along.
    /// - Parameter sources: Sources whose unconfirmed frames are wanted even where nothing of them was ever confirmed.
    /// - Parameter unconfirmedLimit: Frames for each source, the newest.
    public func recover(
        reopenWindow: Milliseconds, sources: [SourceID] = [], unconfirmedLimit: Int = 20_000
    ) throws(StoreError) -> RecoveredState {
        try reader.recover(reopenWindow: reopenWindow, sources: sources, unconfirmedLimit: unconfirmedLimit)
    }

    /// Gives the ballast's blocks back to a full disk.
    public func releaseBallast() throws(StoreError) { try ballast.release() }

    /// Sets the ballast aside again, on a thread of its own: that many blocks take their time.
    ///
    /// - Parameter completion: Called exactly once; `full` as long as there is not twice its size free.
    public func restoreBallast(completion: @escaping @Sendable (Result<Void, StoreError>) -> Void) {
        let thread = Thread { [ballast] in
            completion(Result { () throws(StoreError) in try ballast.restore() })
        }
        thread.name = "ballast"
        thread.start()
    }

    /// Whether the ballast is on board.
    public var hasBallast: Bool { ballast.isPresent }

    /// Whether a ballast is wanted and none is on board.
    public var isBallastMissing: Bool { ballast.isMissing }

    /// What is left on the disk; nil where it does not say.
    public var freeMebibytes: Int? {
        // It is told beside what matters, and that is told without it.
        (try? ballast.freeBytes()).map { Int(clamping: $0 >> 20) }
    }

    /// Commits what was handed over before, marks the store as closed in order, and closes it. Blocks until that is done.
    public func close() throws(StoreError) {
        let isDone = DispatchSemaphore(value: 0)
        let outcome = Outcome()
        reader.close()
        writer.close { result in
            outcome.value.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        try outcome.value.withLock { $0 }.get()
    }

    final class Outcome: Sendable {
        let value = Mutex<Result<Void, StoreError>>(.success(()))
    }
}
