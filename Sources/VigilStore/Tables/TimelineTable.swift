internal import GRDB
internal import VigilCore

/// What happened to each alert, and the order in which all of it was committed.
enum TimelineTable {
    private static let columns = "alert, number, at, wall, event, severity, state, contact, via, login, detail"

    static func append(_ entries: [TimelineEntry], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO timeline (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for entry in entries {
            try statement.execute(arguments: [
                entry.alert.rawValue, entry.number, entry.at.rawValue, entry.wall.rawValue, entry.event.rawValue,
                entry.severity.rawValue, entry.state.rawValue, entry.by.contact?.rawValue, entry.by.via, entry.by.login, entry.detail,
            ])
        }
    }

    /// The entries of one alert, oldest first.
    static func fetch(_ alert: AlertID, in database: Database) throws -> [TimelineEntry] {
        try Row.fetchAll(
            database, sql: "SELECT \(columns) FROM timeline WHERE alert = ? ORDER BY number", arguments: [alert.rawValue]
        ).map { try entry(of: $0) }
    }

    /// The entries of some kinds, oldest first, of every alert that is open or was closed at or after a time.
    static func fetch(
        _ events: Set<TimelineEntry.Event>, ofAlertsOpenOrClosedSince time: EngineTime, in database: Database
    ) throws -> [AlertID: [TimelineEntry]] {
        let words = events.map(\.rawValue).sorted()
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(columns) FROM timeline WHERE alert IN (SELECT id FROM alerts WHERE \(AlertTable.isOpenOrClosedSince))
                AND event IN (\(words.map { _ in "?" }.joined(separator: ", "))) ORDER BY alert, number
                """, arguments: StatementArguments([time.rawValue]) + StatementArguments(words))
        var entries: [AlertID: [TimelineEntry]] = [:]
        while let row = try rows.next() {
            let entry = try entry(of: row)
            entries[entry.alert, default: []].append(entry)
        }
        return entries
    }

    /// The entries after a position, in the order of their commit.
    static func fetch(after position: Int64, limit: Int, in database: Database) throws -> [PositionedEntry] {
        let statement = try database.cachedStatement(
            sql: "SELECT \(columns), position FROM timeline WHERE position > ? ORDER BY position LIMIT ?")
        return try Row.fetchAll(statement, arguments: [position, limit])
            .map { PositionedEntry(position: $0["position"], entry: try entry(of: $0)) }
    }

    /// The position of the latest entry, 0 when there is none.
    static func lastPosition(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(position) FROM timeline") ?? 0
    }

    private static func entry(of row: Row) throws -> TimelineEntry {
        TimelineEntry(
            alert: AlertID(row[0]), number: row[1], at: EngineTime(row[2]), wall: WallTime(row[3]), event: try row.word(4),
            severity: try row.word(5), state: try row.word(6),
            by: Actor(contact: (row[7] as String?).map { ContactID($0) }, via: row[8], login: row[9]), detail: row[10])
    }
}
