internal import GRDB
internal import VigilCore

/// What happened to each alert, and the order in which all of it was committed.
enum TimelineTable {
    static func append(_ entries: [TimelineEntry], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO timeline (alert, number, at, event, body) VALUES (?, ?, ?, ?, ?)")
        for entry in entries {
            try statement.execute(arguments: [
                entry.alert.rawValue, entry.number, entry.at.rawValue, entry.event.rawValue, try JSONColumn.text(entry),
            ])
        }
    }

    /// The entries of one alert, oldest first.
    static func fetch(_ alert: AlertID, in database: Database) throws -> [TimelineEntry] {
        try String.fetchAll(database, sql: "SELECT body FROM timeline WHERE alert = ? ORDER BY number", arguments: [alert.rawValue])
            .map { try JSONColumn.value(TimelineEntry.self, from: $0) }
    }

    /// The entries after a position, in the order of their commit.
    static func fetch(after position: Int64, limit: Int, in database: Database) throws -> [PositionedEntry] {
        try Row.fetchAll(
            database, sql: "SELECT position, body FROM timeline WHERE position > ? ORDER BY position LIMIT ?",
            arguments: [position, limit]
        ).map { PositionedEntry(position: $0[0], entry: try JSONColumn.value(TimelineEntry.self, from: $0[1] as String)) }
    }

    /// The position of the latest entry, 0 when there is none.
    static func lastPosition(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(position) FROM timeline") ?? 0
    }
}
