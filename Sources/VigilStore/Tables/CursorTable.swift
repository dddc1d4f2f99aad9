internal import GRDB

/// How far each follower has come: in the timeline, or in what a provider keeps for us. The position is the follower's own word.
enum CursorTable {
    static func write(_ positions: [String: String], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO cursors (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position")
        for (name, position) in positions.sorted(by: { $0.key < $1.key }) { try statement.execute(arguments: [name, position]) }
    }

    static func fetch(_ name: String, in database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT position FROM cursors WHERE name = ?", arguments: [name])
    }
}
