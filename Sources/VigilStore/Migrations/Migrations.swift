internal import GRDB
internal import VigilCore

/// The steps from any released schema to this one: dated, append-only, each in a transaction of its own.
enum Migrations {
    /// "VGIL": says to `file(1)` and to us whose database it is.
    static let applicationID: Int32 = 0x5647_494C

    /// Every step in order; a step is never changed once it was released.
    static let all: [Migration] = [
        Migration(name: "2026-11-22 spine", body: createSpine),
        Migration(name: "2026-11-29 announcements", body: createAnnouncements),
        Migration(name: "2026-11-29 battery samples", body: createBatterySamples),
        Migration(name: "2026-11-30 spokesmen", body: markSpokesmen),
    ]

    /// Kept in `user_version`: the number of steps that made the schema.
    static var schemaVersion: Int { all.count }

    /// Brings the schema up to date.
    ///
    /// - Parameter path: For the error.
    static func run(in database: Database, path: String) throws {
        let version = try check(database, path: path)
        guard version < schemaVersion else { return }
        Failpoint.beforeMigration.pass()
        for number in version..<schemaVersion {
            try database.inTransaction(.exclusive) {
                try all[number].body(database)
                try database.execute(sql: "PRAGMA application_id = \(applicationID)")
                try database.execute(sql: "PRAGMA user_version = \(number + 1)")
                Failpoint.duringMigration.pass()
                return .commit
            }
        }
    }

    /// The version of the schema in the file, 0 for a new one.
    ///
    /// - Throws: `StoreError` of kind `foreign` or `newerSchema`.
    @discardableResult
    static func check(_ database: Database, path: String) throws -> Int {
        let identity = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if identity == applicationID {
            guard version <= schemaVersion else {
                throw StoreError(
                    .newerSchema, action: "open the database", path: path,
                    cause: "its schema has version \(version), this program knows \(schemaVersion)")
            }
            return version
        }
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard identity == 0, version == 0, tables == 0 else {
            throw StoreError(.foreign, action: "open the database", path: path, cause: "it is not one of vigil's")
        }
        return 0
    }
}

/// One step of the schema.
struct Migration: Sendable {
    let name: String
    let body: @Sendable (Database) throws -> Void
}
