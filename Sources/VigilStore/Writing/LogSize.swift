internal import GRDB
internal import GRDBSQLite

/// Counts the pages in the write-ahead log, told by SQLite at each commit.
final class LogSize {
    private let box: UnsafeMutablePointer<Int32>

    /// Takes the place of SQLite's own checkpoints, which use the same hook.
    init(watching database: Database) {
        box = .allocate(capacity: 1)
        box.initialize(to: 0)
        sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, box)
    }

    // Lives as long as its `Writer`, whose connection goes with it.
    deinit { box.deallocate() }

    /// As of the latest commit.
    var pages: Int { Int(box.pointee) }
}
