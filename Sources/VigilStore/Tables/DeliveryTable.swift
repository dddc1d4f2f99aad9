internal import GRDB
internal import VigilCore

/// The outbox: every message that was decided on, in the transaction that decided it.
enum DeliveryTable {
    private static let columns = """
        id, alert, notice, purpose, step, round, contact, channel, address, method, severity, state, created_at, due_at, lease, lease_until,
        last_failure, expires_at, language, kind, title, words, is_acceptable, is_drill, admitted_at, digest, news, alerts
        """

    /// What was said under a key is never changed: only what became of it is.
    static func write(_ deliveries: [Delivery], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO deliveries (\(columns)) VALUES (
                    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    state = excluded.state, due_at = excluded.due_at, lease = excluded.lease, lease_until = excluded.lease_until,
                    last_failure = excluded.last_failure, admitted_at = excluded.admitted_at, digest = excluded.digest
                """)
        for delivery in deliveries {
            let message = delivery.message
            try statement.execute(arguments: [
                delivery.id.rawValue, delivery.alert.rawValue, delivery.notice, delivery.purpose.rawValue, delivery.step,
                delivery.round, delivery.contact.rawValue, delivery.channel.rawValue, delivery.address, delivery.method,
                delivery.severity.rawValue, delivery.state.rawValue, delivery.createdAt.rawValue, delivery.dueAt.rawValue,
                delivery.lease, delivery.leaseUntil?.rawValue, delivery.lastFailure, delivery.expiresAt.rawValue,
                message.language.rawValue, message.kind.rawValue, message.title, message.body, message.isAcceptable,
                message.isDrill, delivery.admittedAt?.rawValue, delivery.digest?.rawValue,
                delivery.purpose == .digest ? message.purpose.rawValue : nil,
                delivery.purpose == .digest ? try JSONColumn.text(message.alerts) : nil,
            ])
        }
    }

    /// What is not settled yet, in order of ids.
    static func fetchUnsettled(in database: Database) throws -> [Delivery] {
        try Row.fetchAll(database, sql: "SELECT \(columns) FROM deliveries WHERE state IN (\(unsettled)) ORDER BY id")
            .map { try delivery(of: $0) }
    }

    /// What was settled and let out at or after a time, in order of ids: it counts for the cap of messages.
    ///
    /// Of the newest rows only, which an index for this alone would cost every message to find; older ones were kept back overnight.
    static func fetchSettled(admittedSince time: EngineTime, in database: Database) throws -> [Delivery] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT \(columns) FROM deliveries WHERE rowid > (SELECT max(rowid) FROM deliveries) - 20000
                AND admitted_at >= ? AND state NOT IN (\(unsettled)) ORDER BY id
                """,
            arguments: [time.rawValue]
        ).map { try delivery(of: $0) }
    }

    private static let unsettled = "'ready', 'grouped', 'sending'"

    /// What is not settled yet in a damaged database: every row up to the first that cannot be reached.
    static func fetchReadable(in database: Database) -> [Delivery] {
        var deliveries: [Delivery] = []
        do {
            let rows = try Row.fetchCursor(
                database, sql: "SELECT \(columns) FROM deliveries WHERE state IN (\(unsettled)) ORDER BY rowid")
            while let row = try rows.next() {
                // A row that can be reached and not read is passed by.
                if let delivery = try? delivery(of: row) { deliveries.append(delivery) }
            }
        } catch {
            // The end of what can be reached.
        }
        return deliveries
    }

    /// Of each way to a person, when the last message that arrived was sent and the last that did not, though it may be tried again.
    static func fetchLast(in database: Database) throws -> [LastDelivery] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT contact, channel, address, max(CASE state WHEN 'delivered' THEN admitted_at END) AS delivered_at,
                    max(CASE WHEN state <> 'delivered' THEN admitted_at END) AS failed_at
                FROM deliveries WHERE admitted_at IS NOT NULL AND (state = 'delivered' OR last_failure IS NOT NULL)
                GROUP BY contact, channel, address ORDER BY contact, channel, address
                """
        ).map { row in
            LastDelivery(
                contact: ContactID(row["contact"]), channel: ChannelID(row["channel"]), address: row["address"],
                deliveredAt: (row["delivered_at"] as Int64?).map { EngineTime($0) },
                failedAt: (row["failed_at"] as Int64?).map { EngineTime($0) })
        }
    }

    /// The deliveries of one alert, oldest first.
    static func fetch(_ alert: AlertID, in database: Database) throws -> [Delivery] {
        try Row.fetchAll(
            database, sql: "SELECT \(columns) FROM deliveries WHERE alert = ? ORDER BY created_at, id", arguments: [alert.rawValue]
        ).map { try delivery(of: $0) }
    }

    private static func delivery(of row: Row) throws -> Delivery {
        let alert = AlertID(row["alert"])
        let contact = ContactID(row["contact"])
        let severity: Severity = try row.word("severity")
        let purpose: Delivery.Purpose = try row.word("purpose")
        let message = Message(
            language: try row.word("language"), title: row["title"], body: row["words"], alert: alert, kind: AlertKind(row["kind"]),
            severity: severity, purpose: (row["news"] as String?).flatMap { Delivery.Purpose(rawValue: $0) } ?? purpose,
            isAcceptable: row["is_acceptable"], contact: contact, isDrill: row["is_drill"],
            alerts: try (row["alerts"] as String?).map { try JSONColumn.value([AlertID].self, from: $0) } ?? [])
        return Delivery(
            id: DeliveryID(row["id"]), alert: alert, notice: row["notice"], purpose: purpose, step: row["step"], round: row["round"],
            contact: contact, channel: ChannelID(row["channel"]), address: row["address"], method: row["method"], severity: severity,
            message: message, state: try row.word("state"), createdAt: EngineTime(row["created_at"]), dueAt: EngineTime(row["due_at"]),
            lease: row["lease"], leaseUntil: (row["lease_until"] as Int64?).map { EngineTime($0) }, lastFailure: row["last_failure"],
            expiresAt: EngineTime(row["expires_at"]), admittedAt: (row["admitted_at"] as Int64?).map { EngineTime($0) },
            digest: (row["digest"] as String?).map { DeliveryID($0) })
    }
}
