internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import VigilCore

/// The one that writes: lives on the writer thread and is used by nobody else.
final class Writer {
    private let queue: DatabaseQueue
    private let path: String
    private let options: StoreOptions
    private let lock: DirectoryLock
    private let logSize: LogSize
    private var lastSequence: Int64
    private var knownSources: Set<SourceID>
    private var pendingCursors: [String: String] = [:]
    /// After a failed sync nothing is known of what was written, and the next sync would not tell: nothing is written any more.
    private var poison: StoreError?

    /// Opens the database, and marks it as in use.
    init(path: String, lock: DirectoryLock, options: StoreOptions) throws {
        self.path = path
        self.lock = lock
        self.options = options
        queue = try WriterConnection.open(path: path, options: options)
        (lastSequence, knownSources, logSize) = try queue.writeWithoutTransaction { database in
            let logSize = LogSize(watching: database)
            return (try Self.lastSequence(in: database), Set(try ConfirmedTable.fetch(in: database).keys), logSize)
        }
    }

    /// The highest sequence that was ever taken, rows or none.
    static func lastSequence(in database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT max(
                    ifnull((SELECT max(sequence) FROM journal), 0), ifnull((SELECT max(sequence) FROM discontinuities), 0),
                    ifnull((SELECT sequence FROM snapshot), 0))
                """) ?? 0
    }

    /// Marks the database as in use, and tells whether it was closed in order before.
    func begin() throws(StoreError) -> Bool {
        var wasClean = false
        try transaction("mark the database as in use") { database in
            wasClean = try MetaTable.isClean(in: database)
            try MetaTable.setClean(false, in: database)
        }
        if options.verification != .none { try proveSync() }
        return wasClean
    }

    /// Writes something that was not there: SQLite leaves out what changes nothing, and a disk that does not sync must show it now.
    private func proveSync() throws(StoreError) {
        try transaction("prove that the disk stores") { database in
            try CursorTable.write(["verified": UUID().uuidString], in: database)
        }
    }

    // MARK: Turns

    /// Stores a turn, all or nothing.
    func commit(_ turn: Turn) throws(StoreError) {
        var sources: Set<SourceID> = []
        let cursors = pendingCursors
        try transaction("commit a turn", failpoint: .beforeCommit) { database in
            try checkSequence(of: turn)
            try JournalTable.append(turn.journal, in: database)
            try keepWhatOutlivesTheJournal(turn.journal, in: database)
            if let discontinuity = turn.discontinuity { try JournalTable.append(discontinuity, in: database) }
            try AlertTable.write(turn.alerts, in: database)
            try TimelineTable.append(turn.timeline, in: database)
            try DeliveryTable.write(turn.deliveries, in: database)
            try OrderTable.write(turn.orders, in: database)
            try DeviceTestTable.write(turn.tests, in: database)
            try BatteryTable.write(turn.batteries, in: database)
            try VisitTable.write(turn.visits, in: database)
            if let snapshot = turn.snapshot { try SnapshotTable.write(snapshot, in: database) }
            sources = try meetSources(of: turn.journal, in: database)
            try ConfirmedTable.write(turn.confirmed, in: database)
            try QuarantineTable.write(turn.quarantine, options: options, in: database)
            try UnclaimedTable.write(turn.unclaimed, options: options, in: database)
            try AnnouncementTable.write(turn.announcements, limit: options.announcementLimit, in: database)
            try CursorTable.write(cursors, in: database)
        }
        lastSequence = max(lastSequence, turn.journal.last?.sequence ?? 0, turn.discontinuity?.sequence ?? 0)
        knownSources.formUnion(sources)
        pendingCursors = [:]
        Failpoint.afterCommitBeforeAck.pass()
    }

    /// The journal has no holes, except where a turn says that storage had failed.
    private func checkSequence(of turn: Turn) throws(StoreError) {
        var last = lastSequence
        for stamped in turn.journal {
            let isNext = turn.discontinuity == nil ? stamped.sequence == last + 1 : stamped.sequence > last
            guard isNext else {
                throw refusal("journal row \(stamped.sequence) does not follow row \(last)")
            }
            last = stamped.sequence
        }
        if let snapshot = turn.snapshot, snapshot.sequence > max(last, turn.discontinuity?.sequence ?? 0) {
            throw refusal("the snapshot is of input \(snapshot.sequence), and the journal ends at \(last)")
        }
        if let discontinuity = turn.discontinuity {
            guard let snapshot = turn.snapshot, snapshot.isWhole, snapshot.sequence >= discontinuity.sequence else {
                throw refusal("a discontinuity at input \(discontinuity.sequence) needs a whole snapshot from there on")
            }
        }
    }

    private func refusal(_ cause: String) -> StoreError { StoreError(.refused, action: "commit a turn", path: path, cause: cause) }

    private func keepWhatOutlivesTheJournal(_ inputs: [StampedInput], in database: Database) throws {
        for stamped in inputs {
            switch stamped.input {
            case .started(let start): try MetaTable.write(start, of: stamped, in: database)
            case .clock(let clock): try MetaTable.write(clock, in: database)
            case .rulesChange(let rules): try VersionTable.write(rules, of: stamped, in: database)
            case .registryChange(let registry):
                try VersionTable.write(registry, of: stamped, in: database)
                try UnclaimedTable.remove(claimedBy: registry, in: database)
                try AnnouncementTable.remove(claimedBy: registry, in: database)
            default: break
            }
        }
    }

    /// Keeps the newest registry beside the database; nobody waits for it.
    func copyRegistry(of turn: Turn) throws(StoreError) {
        let registry = turn.journal.reversed().lazy.compactMap { stamped -> Registry? in
            if case .registryChange(let registry) = stamped.input { registry } else { nil }
        }.first
        guard let registry, lastSequence >= turn.journal.last?.sequence ?? 0 else { return }
        try RegistryCopy(directory: lock.path).write(registry)
    }

    /// A source's unconfirmed frames begin with the first one that is ever heard from it.
    private func meetSources(of inputs: [StampedInput], in database: Database) throws -> Set<SourceID> {
        var met: Set<SourceID> = []
        for stamped in inputs {
            guard case .frame(let frame) = stamped.input, !knownSources.contains(frame.source), met.insert(frame.source).inserted
            else { continue }
            try ConfirmedTable.write([ConfirmedPosition(source: frame.source, sequence: stamped.sequence - 1)], in: database)
        }
        return met
    }

    // MARK: Cursors

    /// Remembers a follower's position; it is written with the next turn, or by `flushCursors` when none comes.
    func advance(cursor: String, to position: String) { pendingCursors[cursor] = position }

    func flushCursors() throws(StoreError) {
        guard !pendingCursors.isEmpty else { return }
        let cursors = pendingCursors
        try transaction("store the followers' positions") { try CursorTable.write(cursors, in: $0) }
        pendingCursors = [:]
    }

    // MARK: Upkeep

    /// Pages in the write-ahead log after the latest commit.
    var logPages: Int { logSize.pages }

    /// Copies the write-ahead log into the database, as far as readers allow; waits for none.
    ///
    /// The log's file keeps its length, and the next turn begins at its head again: a sync of blocks that are there already is one write to
    /// the disk, one that makes the file longer is several.
    func checkpoint() throws(StoreError) {
        Failpoint.beforeCheckpoint.pass()
        try guarded("checkpoint the write-ahead log") { database in
            let connection = database.sqliteConnection
            sqlite3_busy_timeout(connection, 0)
            defer { sqlite3_busy_timeout(connection, Int32(clamping: options.busyTimeout.rawValue)) }
            let code = sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            // A reader in the way is no failure: the next checkpoint comes.
            guard code == SQLITE_OK || code & 0xff == SQLITE_BUSY else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) })
            }
        }
    }

    /// Deletes one slice of old journal rows.
    ///
    /// - Returns: Whether there may be more.
    func prune() throws(StoreError) -> Bool {
        var isMore = false
        var slice: JournalPruner.Slice?
        try guarded("look for old journal rows") { slice = try JournalPruner(options: options).nextSlice(in: $0) }
        guard let slice else { return false }
        Failpoint.beforePrune.pass()
        try transaction("prune the journal") { database in
            try JournalTable.delete(upTo: slice.upTo, in: database)
            isMore = true
        }
        return isMore
    }

    /// Marks the database as closed in order, closes it, and lets the directory go.
    func close() throws(StoreError) {
        defer { lock.release() }
        guard poison == nil else {
            // Closing the last connection copies the log into the database and deletes it, trusting syncs that are not to be trusted.
            // So this connection is never closed: the process ends soon, and the next start verifies.
            _ = Unmanaged.passRetained(queue)
            return
        }
        let cursors = pendingCursors
        try transaction("mark the database as closed") { database in
            try CursorTable.write(cursors, in: database)
            try MetaTable.setClean(true, in: database)
        }
        do { try queue.close() } catch { throw StoreError(error, action: "close the database", path: path) }
    }

    // MARK: Access

    private func transaction(
        _ action: String, failpoint: Failpoint? = nil, _ body: (Database) throws -> Void
    ) throws(StoreError) {
        try guarded(action) { database in
            try database.inTransaction(.immediate) {
                try body(database)
                failpoint?.pass()
                return .commit
            }
        }
    }

    private func guarded(_ action: String, _ body: (Database) throws -> Void) throws(StoreError) {
        if let poison { throw poison }
        do {
            try queue.writeWithoutTransaction { database in
                errno = 0
                do {
                    try body(database)
                } catch {
                    throw StoreError(error, action: action, path: path, systemErrno: Self.systemErrno(of: database))
                }
            }
        } catch {
            let failure = StoreError(error, action: action, path: path)
            if failure.kind == .syncFailed { poison = failure }
            throw failure
        }
    }

    /// Why the system call failed that SQLite tells of.
    ///
    /// SQLite 3.40 knows it after a failed statement and forgets it after a failed COMMIT; `errno` was cleared before, so what is in it is
    /// from this access.
    private static func systemErrno(of database: Database) -> Int32 {
        let current = errno
        let told = sqlite3_system_errno(database.sqliteConnection)
        return current != 0 ? current : told
    }
}
