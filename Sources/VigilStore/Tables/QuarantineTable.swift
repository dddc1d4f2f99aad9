internal import Foundation
internal import GRDB
internal import VigilCore

/// Frames that were not understood: a count for each device, and a few samples for people.
enum QuarantineTable {
    static func write(_ frames: [QuarantinedFrame], options: StoreOptions, in database: Database) throws {
        guard !frames.isEmpty else { return }
        for frame in frames {
            try count(frame, in: database)
            try keep(frame, options: options, in: database)
        }
        try database.cachedStatement(
            sql: "DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY id DESC LIMIT -1 OFFSET ?)"
        ).execute(arguments: [options.quarantineLimit])
        try fold(above: options.undecodableLimit, in: database)
    }

    private static func count(_ frame: QuarantinedFrame, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO undecodable (dialect, name, frames, last_at) VALUES (?, ?, 1, ?)
                ON CONFLICT (dialect, name) DO UPDATE SET frames = frames + 1, last_at = excluded.last_at
                """
        ).execute(arguments: [frame.address?.dialect.rawValue ?? "", frame.address?.name ?? "", frame.at.rawValue])
    }

    private static func keep(_ frame: QuarantinedFrame, options: StoreOptions, in database: Database) throws {
        let dialect = frame.address?.dialect.rawValue ?? ""
        let name = frame.address?.name ?? ""
        let flags = JournalFlags(frame.frame)
        try database.cachedStatement(
            sql: """
                INSERT INTO quarantine (sequence, at, dialect, name, source, topic, flags, size, sample, reason, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            frame.sequence, frame.at.rawValue, dialect, name, frame.frame.source.rawValue, frame.frame.topic, flags.rawValue,
            frame.frame.size, SampleBlob.cut(frame.frame.payload, to: options.sampleBytes), frame.failure.reason.rawValue,
            frame.failure.detail,
        ])
        try database.cachedStatement(
            sql: """
                DELETE FROM quarantine WHERE id IN
                    (SELECT id FROM quarantine WHERE dialect = ? AND name = ? ORDER BY id DESC LIMIT -1 OFFSET ?)
                """
        ).execute(arguments: [dialect, name, options.quarantinePerDevice])
    }

    /// Hands the counts of the devices above the limit, least recently seen first, to the row without a name: names come from the wire,
    /// and anybody can make them up.
    private static func fold(above limit: Int, in database: Database) throws {
        let surplus = try Row.fetchAll(
            database,
            sql:
                "SELECT dialect, name, frames, last_at FROM undecodable WHERE dialect <> '' ORDER BY last_at DESC, dialect, name LIMIT -1 OFFSET ?",
            arguments: [limit])
        for row in surplus {
            try database.execute(
                sql: """
                    INSERT INTO undecodable (dialect, name, frames, last_at) VALUES ('', '', :frames, :at)
                    ON CONFLICT (dialect, name) DO UPDATE SET frames = frames + :frames, last_at = max(last_at, :at)
                    """,
                arguments: ["frames": row[2] as Int64, "at": row[3] as Int64])
            try database.execute(
                sql: "DELETE FROM undecodable WHERE dialect = ? AND name = ?", arguments: [row[0] as String, row[1] as String])
        }
    }

    /// Samples, newest first.
    static func samples(limit: Int, in database: Database) throws -> [QuarantineSample] {
        let sql = """
            SELECT sequence, at, dialect, name, source, topic, flags, size, sample, reason, detail
            FROM quarantine ORDER BY id DESC LIMIT ?
            """
        return try Row.fetchAll(database, sql: sql, arguments: [limit]).map { row in
            let flags = JournalFlags(rawValue: row[6])
            return QuarantineSample(
                sequence: row[0], at: EngineTime(row[1]), address: address(row[2], row[3]),
                frame: Frame(
                    source: SourceID(row[4]), origin: .mqtt(topic: row[5]), payload: Array(row[8] as Data),
                    isRetained: flags.contains(.retained), isRedelivery: flags.contains(.redelivery)),
                size: row[7],
                // A reason of a newer program has no name here; the detail still says what was wrong.
                failure: DecodeFailure(DecodeFailure.Reason(rawValue: row[9]) ?? .unknownShape, row[10]))
        }
    }

    /// Counts, most frames first.
    static func counts(limit: Int, in database: Database) throws -> [UndecodableCount] {
        try Row.fetchAll(
            database, sql: "SELECT dialect, name, frames, last_at FROM undecodable ORDER BY frames DESC, dialect, name LIMIT ?",
            arguments: [limit]
        ).map { UndecodableCount(address: address($0[0], $0[1]), frames: $0[2], lastAt: EngineTime($0[3])) }
    }

    static func size(in database: Database) throws -> QuarantineSize {
        let counts = try Int.fetchOne(database, sql: "SELECT count(*) FROM undecodable") ?? 0
        return QuarantineSize(counts: counts, samples: try Int.fetchOne(database, sql: "SELECT count(*) FROM quarantine") ?? 0)
    }

    private static func address(_ dialect: String, _ name: String) -> DeviceAddress? {
        dialect.isEmpty ? nil : DeviceAddress(dialect: Dialect(dialect), name: name)
    }
}
