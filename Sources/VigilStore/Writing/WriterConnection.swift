internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import VigilCore

/// Opens the one connection that writes.
enum WriterConnection {
    /// Opens, checks and migrates the database, and leaves it in WAL with `synchronous=FULL`, read back.
    static func open(path: String, options: StoreOptions) throws -> DatabaseQueue {
        try createFile(path)
        var configuration = Configuration()
        configuration.label = "vigil.store.writer"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(options.busyTimeout.rawValue) / 1000)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            try Migrations.check(database, path: path)
            try harden(database)
            try verify(database, options.verification, path: path)
            try setDurable(database, path: path)
            try Migrations.run(in: database, path: path)
        }
        return queue
    }

    /// GRDB sets `synchronous` back to NORMAL when it switches to WAL (`ingest.md`), and NORMAL loses commits in a power cut: so the
    /// journal mode is switched here, after GRDB's own set-up, and what it came to is read back.
    static func setDurable(_ database: Database, path: String) throws {
        // To the end: SQLite says "wal" in the first row and fails in the step after it.
        let mode = try String.fetchAll(database, sql: "PRAGMA journal_mode = WAL").first
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard mode == "wal", try synchronous(of: database) == 2 else {
            throw StoreError(
                .other, action: "make commits durable", path: path,
                cause: "the database stays in journal mode \(mode ?? "unknown") or below synchronous FULL")
        }
    }

    /// 0 off, 1 normal, 2 full, 3 extra.
    static func synchronous(of database: Database) throws -> Int? { try Int.fetchOne(database, sql: "PRAGMA synchronous") }

    private static func harden(_ database: Database) throws {
        // Checkpoints are taken by `Writer`, after the result of a turn was told: never inside a commit that somebody waits for.
        // A commit of a quiet site changes a few kilobytes: small pages write less that did not change (promises A16). A database that was
        // made with other pages keeps them.
        // secure_delete FAST overwrites what was deleted where that costs no further write: flash wears out.
        try database.execute(
            sql: """
                PRAGMA page_size = 1024;
                PRAGMA trusted_schema = OFF;
                PRAGMA cell_size_check = ON;
                PRAGMA mmap_size = 0;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA journal_size_limit = 16777216;
                PRAGMA secure_delete = FAST;
                """)
    }

    /// What SQLite finds wrong with the file.
    private static func verify(_ database: Database, _ verification: StoreOptions.Verification, path: String) throws {
        let pragma: String
        switch verification {
        case .none: return
        case .quick: pragma = "PRAGMA quick_check(3)"
        case .full: pragma = "PRAGMA integrity_check(3)"
        }
        let findings: [String]
        do {
            findings = try String.fetchAll(database, sql: pragma)
        } catch {
            // Damage may be such that the check itself cannot go on.
            throw StoreError(error, action: "verify the database", path: path)
        }
        guard findings == ["ok"] else {
            throw StoreError(
                .corrupt, action: "verify the database", path: path, code: SQLITE_CORRUPT,
                cause: findings.joined(separator: "; ").replacing("\n", with: ", "))
        }
        guard verification == .full else { return }
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
        guard orphans == 0 else {
            throw StoreError(
                .corrupt, action: "verify the database", path: path, cause: "\(orphans) rows refer to rows that are not there")
        }
    }

    /// Creates the file before SQLite does: nobody else may read it, and SQLite gives its log the same rights.
    private static func createFile(_ path: String) throws {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(errno: errno, action: "open the database", path: path) }
        close(descriptor)
    }
}
