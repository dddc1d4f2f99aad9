internal import GRDB
internal import VigilCore

/// The outbox: every message that was decided on, in the transaction that decided it.
enum DeliveryTable {
    static func write(_ deliveries: [Delivery], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO deliveries
                    (id, alert, contact, channel, severity, state, created_at, due_at, lease, lease_until, expires_at, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    severity = excluded.severity, state = excluded.state, due_at = excluded.due_at, lease = excluded.lease,
                    lease_until = excluded.lease_until, expires_at = excluded.expires_at, body = excluded.body
                """)
        for delivery in deliveries {
            try statement.execute(arguments: [
                delivery.id.rawValue, delivery.alert.rawValue, delivery.contact.rawValue, delivery.channel.rawValue,
                delivery.severity.rawValue, delivery.state.rawValue, delivery.createdAt.rawValue, delivery.dueAt.rawValue,
                delivery.lease,
                delivery.leaseUntil?.rawValue, delivery.expiresAt.rawValue, try JSONColumn.text(delivery),
            ])
        }
    }

    /// What is not settled yet, in order of ids.
    static func fetchUnsettled(in database: Database) throws -> [Delivery] {
        try String.fetchAll(database, sql: "SELECT body FROM deliveries WHERE state IN ('ready', 'sending') ORDER BY id")
            .map { try JSONColumn.value(Delivery.self, from: $0) }
    }

    /// The deliveries of one alert, oldest first.
    static func fetch(_ alert: AlertID, in database: Database) throws -> [Delivery] {
        try String.fetchAll(
            database, sql: "SELECT body FROM deliveries WHERE alert = ? ORDER BY created_at, id", arguments: [alert.rawValue]
        ).map { try JSONColumn.value(Delivery.self, from: $0) }
    }

    static func counts(in database: Database) throws -> [DeliveryCount] {
        try Row.fetchAll(
            database, sql: "SELECT channel, state, count(*) FROM deliveries GROUP BY channel, state ORDER BY channel, state"
        ).compactMap { row in
            Delivery.State(rawValue: row[1]).map { DeliveryCount(channel: ChannelID(row[0]), state: $0, count: row[2]) }
        }
    }
}
