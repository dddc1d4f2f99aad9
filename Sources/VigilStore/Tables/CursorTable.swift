internal import GRDB

/// How far each follower of the timeline has come.
enum CursorTable {
    static func write(_ positions: [String: Int64], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO cursors (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position")
        for (name, position) in positions.sorted(by: { $0.key < $1.key }) { try statement.execute(arguments: [name, position]) }
    }

    static func fetch(_ name: String, in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT position FROM cursors WHERE name = ?", arguments: [name])
    }
}
