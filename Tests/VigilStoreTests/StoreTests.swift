import Foundation
import GRDB
import Testing
import VigilCore

@testable import VigilStore

@Suite struct StoreTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("the writer's connection is in WAL with synchronous FULL")
    func writerIsDurable() throws {
        let queue = try WriterConnection.open(path: directory.database, options: StoreOptions())

        let (synchronous, mode) = try queue.writeWithoutTransaction { database in
            (try WriterConnection.synchronous(of: database), try String.fetchOne(database, sql: "PRAGMA journal_mode"))
        }

        #expect(synchronous == 2)
        #expect(mode == "wal")
    }

    @Test("the check of synchronous sees the 1 that GRDB leaves behind by itself")
    func controlOfDurability() throws {
        let pool = try DatabasePool(path: directory.database)

        let synchronous = try pool.writeWithoutTransaction { try WriterConnection.synchronous(of: $0) }

        #expect(synchronous == 1)
    }

    @Test("the connection distrusts the schema, checks cells, maps no memory and enforces foreign keys")
    func connectionIsHardened() throws {
        let queue = try WriterConnection.open(path: directory.database, options: StoreOptions())

        let values = try queue.writeWithoutTransaction { database in
            try [
                "trusted_schema", "cell_size_check", "mmap_size", "foreign_keys", "wal_autocheckpoint", "secure_delete",
                "application_id",
            ]
            .map { try Int.fetchOne(database, sql: "PRAGMA \($0)") }
        }

        #expect(values == [0, 1, 0, 1, 0, 2, 0x5647_494C])
    }

    @Test("a second instance is refused, and told what to do")
    func secondInstanceIsRefused() throws {
        let store = try Store.open(directory)

        let error = #expect(throws: StoreError.self) { _ = try Store.open(directory) }

        #expect(error?.kind == .inUse)
        #expect(
            error?.description.hasSuffix(
                "another instance is using it; stop the other instance, or give this one a state directory of its own") == true)
        try store.close()
    }

    @Test("after closing, another instance may open, and sees that all was in order")
    func reopensAfterClosing() throws {
        try Store.open(directory).close()

        let store = try Store.open(directory)

        #expect(store.wasClosedInOrder)
        try store.close()
    }

    @Test("nobody else may read the state directory or the database")
    func filesArePrivate() throws {
        let nested = directory.path + "/a/b"
        let store = try Store.open(
            directory: nested,
            options: {
                var options = StoreOptions(); options.ballastBytes = 0; return options
            }())

        let modes = try [nested, nested + "/live.db", nested + "/live.db-wal"].map {
            try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
        }

        #expect(modes == [0o700, 0o600, 0o600])
        try store.close()
    }

    @Test("a closed store refuses turns, and tells each exactly once")
    func closedStoreRefuses() async throws {
        let store = try Store.open(directory)
        try store.close()

        let error = await store.refusal(of: Samples.frames(1...1))

        #expect(error?.kind == .closed)
    }

    @Test("turns handed over before closing are stored")
    func closingDrains() async throws {
        let store = try Store.open(directory)
        for sequence in Int64(1)...50 { store.commit(Samples.frames(sequence...sequence)) { _ in } }

        try store.close()

        let reopened = try Store.open(directory)
        #expect(try reopened.recover(reopenWindow: .zero).lastSequence == 50)
        try reopened.close()
    }

    @Test("a follower's position survives closing")
    func cursorSurvives() async throws {
        let store = try Store.open(directory)
        store.advance(cursor: "alert-log", to: "7")
        try store.close()

        let reopened = try Store.open(directory)

        #expect(try await reopened.reader.position(ofCursor: "alert-log") == "7")
        try reopened.close()
    }

    @Test("a database of somebody else's is refused and left alone")
    func foreignDatabaseIsRefused() throws {
        try DatabaseQueue(path: directory.database).write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: directory.database))

        let error = #expect(throws: StoreError.self) { _ = try Store.open(directory) }

        #expect(error?.kind == .foreign)
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)) == before)
    }

    @Test("the old SQLite of the system is named")
    func oldSQLiteIsNamed() throws {
        let store = try Store.open(directory)

        let isOld = try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }.map {
            $0.compare("3.51.3", options: .numeric) == .orderedAscending
        }

        #expect(store.notices.contains { if case .hasCheckpointBug = $0 { true } else { false } } == isOld)
        try store.close()
    }
}
