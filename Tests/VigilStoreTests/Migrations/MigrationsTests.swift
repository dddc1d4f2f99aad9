import Foundation
import GRDB
import Testing
import VigilCore

@testable import VigilStore

@Suite struct MigrationsTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func schema() throws -> [String] {
        try DatabaseQueue(path: directory.database).read {
            try String.fetchAll($0, sql: "SELECT name || ifnull(sql, '') FROM sqlite_schema ORDER BY name")
        }
    }

    @Test("opening again changes nothing of the schema, and keeps the installation's name")
    func idempotent() throws {
        let first = try Store.open(directory)
        let installation = try first.recover(reopenWindow: .zero).installation
        try first.close()
        let before = try schema()

        let second = try Store.open(directory)
        let again = try second.recover(reopenWindow: .zero).installation
        try second.close()

        #expect(try schema() == before)
        #expect(installation.count == 32)
        #expect(again == installation)
    }

    @Test("every table is strict")
    func tablesAreStrict() throws {
        try Store.open(directory).close()

        let loose = try DatabaseQueue(path: directory.database).read {
            try String.fetchAll(
                $0, sql: "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
        }

        #expect(loose == [])
    }

    @Test("steps are dated, in order, and none has the name of another")
    func stepsAreDated() {
        let names = Migrations.all.map(\.name)

        #expect(names == names.sorted())
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.prefixMatch(of: /\d{4}-\d{2}-\d{2} \w/) != nil })
    }

    @Test("a newer schema is refused in clear words, and the file is left alone")
    func newerSchema() throws {
        try Store.open(directory).close()
        let newer = Migrations.schemaVersion + 1
        try DatabaseQueue(path: directory.database).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(newer)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: directory.database))

        let error = #expect(throws: StoreError.self) { _ = try Store.open(directory) }

        #expect(error?.kind == .newerSchema)
        #expect(
            error?.description
                == "\(directory.database): open the database: its schema has version \(newer), this program knows \(newer - 1); "
                + "start the newer version again, or restore the backup made before the upgrade")
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)) == before)
    }

    @Test("a reader refuses a schema that the daemon has not made yet")
    func readerRefusesOlderSchema() throws {
        try DatabaseQueue(path: directory.database).write { try $0.execute(sql: "PRAGMA user_version = 0") }

        #expect(throws: StoreError.self) { _ = try StoreReader(directory: directory.path) }
    }
}
