internal import GRDB
internal import VigilCore

/// What people put in force for a time: the truth, and kept after it is over.
enum OrderTable {
    static func write(_ orders: [StandingOrder], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO orders (number, id, word, from_at, until_at, ended_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (number) DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body
                """)
        for order in orders {
            try statement.execute(arguments: [
                order.number, order.id.rawValue, order.content.word, order.from.rawValue, order.until.rawValue,
                order.end?.at.rawValue, try JSONColumn.text(order),
            ])
        }
    }

    /// Newest first.
    static func fetch(_ filter: OrderFilter, in database: Database) throws -> [StandingOrder] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        switch filter.state {
        case .open: conditions.append("ended_at IS NULL")
        case .over: conditions.append("ended_at IS NOT NULL")
        case .all: break
        }
        if let words = filter.words {
            conditions.append("word IN (\(words.map { _ in "?" }.joined(separator: ", ")))")
            arguments += StatementArguments(words)
        }
        arguments += [filter.limit]
        let clause = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try orders("SELECT body FROM orders \(clause) ORDER BY number DESC LIMIT ?", arguments, in: database)
    }

    static func fetch(_ id: OrderID, in database: Database) throws -> StandingOrder? {
        try orders("SELECT body FROM orders WHERE id = ?", [id.rawValue], in: database).first
    }

    /// Every order that is not over, and the latest one, whose number the next one follows.
    static func fetchLive(in database: Database) throws -> [StandingOrder] {
        try orders(
            "SELECT body FROM orders WHERE ended_at IS NULL OR number = (SELECT max(number) FROM orders) ORDER BY number", [],
            in: database)
    }

    private static func orders(_ sql: String, _ arguments: StatementArguments, in database: Database) throws -> [StandingOrder] {
        try String.fetchAll(database, sql: sql, arguments: arguments).map { try JSONColumn.value(StandingOrder.self, from: $0) }
    }
}
