internal import GRDB
internal import VigilCore

/// The detection part of the engine's state, a row for each owner and key; only what changed is written again.
enum SnapshotTable {
    static func write(_ snapshot: Snapshot, in database: Database) throws {
        if snapshot.isWhole { try database.execute(sql: "DELETE FROM snapshot_rows") }
        let delete = try database.cachedStatement(sql: "DELETE FROM snapshot_rows WHERE owner = ? AND key = ?")
        let write = try database.cachedStatement(
            sql: """
                INSERT INTO snapshot_rows (owner, key, body) VALUES (?, ?, ?)
                ON CONFLICT (owner, key) DO UPDATE SET body = excluded.body
                """)
        for row in snapshot.rows {
            if let state = row.state {
                try write.execute(arguments: [row.owner, row.key, try JSONColumn.text(state)])
            } else {
                try delete.execute(arguments: [row.owner, row.key])
            }
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO snapshot (only, format, sequence, at, registry_version, rules_version) VALUES (1, ?, ?, ?, ?, ?)
                ON CONFLICT (only) DO UPDATE SET
                    format = excluded.format, sequence = excluded.sequence, at = excluded.at,
                    registry_version = excluded.registry_version, rules_version = excluded.rules_version
                """
        ).execute(arguments: [
            Snapshot.format, snapshot.sequence, snapshot.at.rawValue, snapshot.registryVersion, snapshot.rulesVersion,
        ])
    }

    static func fetch(in database: Database) throws -> RecoveredSnapshot? {
        guard let head = try Row.fetchOne(database, sql: "SELECT format, sequence, at, registry_version, rules_version FROM snapshot")
        else { return nil }
        let rows = try Row.fetchAll(database, sql: "SELECT owner, key, body FROM snapshot_rows ORDER BY owner, key").map {
            RecoveredRow(owner: $0[0], key: $0[1], body: Array(($0[2] as String).utf8))
        }
        return RecoveredSnapshot(
            format: head[0], sequence: head[1], at: EngineTime(head[2]), registryVersion: head[3], rulesVersion: head[4], rows: rows)
    }

    /// The last input that is in the snapshot; nil when there is none.
    static func sequence(in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT sequence FROM snapshot")
    }
}
