internal import GRDB
internal import VigilCore

/// Alerts as they are now: the truth, not a projection.
enum AlertTable {
    // MARK: Writing

    static func write(_ alerts: [Alert], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO alerts (id, kind, subject, episode, severity, state, raised_at, closed_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    severity = excluded.severity, state = excluded.state, raised_at = excluded.raised_at,
                    closed_at = excluded.closed_at, body = excluded.body
                """)
        // The closed ones first: an episode may end and the next one begin in the same turn.
        for alert in alerts.filter({ !$0.isOpen }) + alerts.filter(\.isOpen) {
            try statement.execute(arguments: [
                alert.id.rawValue, alert.key.kind.rawValue, alert.key.subject.description, alert.episode, alert.severity.rawValue,
                alert.state.rawValue, alert.raisedAt.rawValue, alert.isOpen ? nil : alert.closure?.at.rawValue,
                try JSONColumn.text(alert),
            ])
        }
    }

    // MARK: Reading

    /// In the order of the filter (`AlertFilter.precedes`), which decides what a limit leaves out.
    static func fetch(_ filter: AlertFilter, in database: Database) throws -> [Alert] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        switch filter.state {
        case .open: conditions.append("state <> 'closed'")
        case .closed: conditions.append("state = 'closed'")
        case .all: break
        }
        if let kind = filter.kind {
            conditions.append("kind = ?")
            arguments += [kind.rawValue]
        }
        if let severity = filter.severity {
            conditions.append("severity = ?")
            arguments += [severity.rawValue]
        }
        arguments += [filter.limit]
        let clause = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        let worstFirst = "CASE severity WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, raised_at, id"
        let order = filter.state == .open ? worstFirst : "raised_at DESC, id"
        let sql = "SELECT body FROM alerts \(clause) ORDER BY \(order) LIMIT ?"
        return try alerts(sql, arguments, in: database)
    }

    static func fetch(_ id: AlertID, in database: Database) throws -> Alert? {
        try alerts("SELECT body FROM alerts WHERE id = ?", [id.rawValue], in: database).first
    }

    /// Every open alert, those that were closed at or after a time, and the latest of every key: what a human closed stays closed, however
    /// long its condition stands. In order of their ids.
    static func fetchLive(closedSince time: EngineTime, in database: Database) throws -> [Alert] {
        try alerts(
            """
            SELECT body FROM alerts AS alert WHERE state <> 'closed' OR closed_at >= ? OR NOT EXISTS
            (SELECT * FROM alerts AS later WHERE later.kind = alert.kind AND later.subject = alert.subject AND later.episode > alert.episode)
            """,
            [time.rawValue], in: database
        ).sorted { $0.id < $1.id }
    }

    /// In SQL, with one argument: what a report over a period that begins then may count.
    static let isOpenOrClosedSince = "state <> 'closed' OR closed_at >= ?"

    /// In order of their ids.
    static func fetchOpen(orClosedSince time: EngineTime, in database: Database) throws -> [Alert] {
        try alerts("SELECT body FROM alerts WHERE \(isOpenOrClosedSince) ORDER BY id", [time.rawValue], in: database)
    }

    /// The highest episode of each key: the next one has a number of its own even when every alert of the key was closed long ago.
    static func episodes(in database: Database) throws -> [AlertKey: Int] {
        var episodes: [AlertKey: Int] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT kind, subject, max(episode) FROM alerts GROUP BY kind, subject")
        while let row = try rows.next() {
            guard let subject = Subject(row[1] as String) else { continue }
            episodes[AlertKey(kind: AlertKind(row[0]), subject: subject)] = row[2]
        }
        return episodes
    }

    private static func alerts(_ sql: String, _ arguments: StatementArguments, in database: Database) throws -> [Alert] {
        try String.fetchAll(database, sql: sql, arguments: arguments).map { try JSONColumn.value(Alert.self, from: $0) }
    }
}
