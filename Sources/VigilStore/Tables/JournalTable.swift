internal import Foundation
internal import GRDB
internal import VigilCore

/// Every input, in order. Frames, which are nearly all of it, lie in columns as they are; the rest as JSON.
enum JournalTable {
    // MARK: Writing

    /// Appends rows; who calls has seen to it that their numbers follow on.
    static func append(_ inputs: [StampedInput], in database: Database) throws {
        let statement = try RawStatement(
            "INSERT INTO journal (sequence, at, kind, source, topic, flags, body) VALUES (?, ?, ?, ?, ?, ?, ?)", in: database)
        for stamped in inputs {
            try statement.bind(stamped.sequence, at: 1)
            try statement.bind(stamped.at.rawValue, at: 2)
            try statement.bind(JournalKind(stamped.input).rawValue, at: 3)
            if case .frame(let frame) = stamped.input {
                try statement.bind(JournalFlags(frame).rawValue, at: 6)
                try append(frame, with: statement)
            } else {
                try statement.bindNull(at: 4)
                try statement.bindNull(at: 5)
                try statement.bind(0, at: 6)
                try JSONColumn.bytes(stamped.input).withUnsafeBytes { body in
                    try statement.bind(body, at: 7)
                    try statement.run()
                }
            }
        }
    }

    private static func append(_ frame: Frame, with statement: RawStatement) throws {
        var source = frame.source.rawValue
        var topic = frame.topic
        try source.withUTF8 { source in
            try topic.withUTF8 { topic in
                try frame.payload.withUnsafeBytes { payload in
                    try statement.bind(source, at: 4)
                    try statement.bind(topic, at: 5)
                    try statement.bind(payload, at: 7)
                    try statement.run()
                }
            }
        }
    }

    /// Deletes the rows up to `sequence`, that one included.
    static func delete(upTo sequence: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM journal WHERE sequence <= ?").execute(arguments: [sequence])
    }

    static func append(_ discontinuity: Discontinuity, in database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO discontinuities (sequence, at, reason) VALUES (?, ?, ?)")
            .execute(arguments: [discontinuity.sequence, discontinuity.at.rawValue, discontinuity.reason])
    }

    // MARK: Reading

    /// Hands over the rows after a sequence in order, until there are no more, the limit is reached or the body says false.
    static func forEach(
        after sequence: Int64, limit: Int64 = -1, in database: Database, _ body: (StampedInput) throws -> Bool
    ) throws {
        let statement = try RawStatement(
            "SELECT sequence, at, kind, source, topic, flags, body FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?",
            in: database)
        // Ends the reading however it ends: a statement left open would keep its transaction open.
        defer { statement.reset() }
        try statement.bind(sequence, at: 1)
        try statement.bind(limit, at: 2)
        while try statement.next(), try body(row(of: statement)) {}
    }

    /// Hands over the frames after a sequence, the newest first, until there are no more, the limit is reached or the body says false.
    static func forEachFrameBackwards(
        after sequence: Int64, limit: Int64, in database: Database, _ body: (StampedInput) throws -> Bool
    ) throws {
        let statement = try RawStatement(
            """
            SELECT sequence, at, kind, source, topic, flags, body FROM journal
            WHERE sequence > ? AND kind = 2 ORDER BY sequence DESC LIMIT ?
            """, in: database)
        defer { statement.reset() }
        try statement.bind(sequence, at: 1)
        try statement.bind(limit, at: 2)
        while try statement.next(), try body(row(of: statement)) {}
    }

    private static func row(of statement: RawStatement) throws -> StampedInput {
        let input: Input
        if statement.integer(2) == JournalKind.frame.rawValue {
            let flags = JournalFlags(rawValue: statement.integer(5))
            input = .frame(
                Frame(
                    source: SourceID(statement.text(3)), origin: .mqtt(topic: statement.text(4)), payload: statement.bytes(6),
                    isRetained: flags.contains(.retained), isRedelivery: flags.contains(.redelivery),
                    isDuplicate: flags.contains(.duplicate)))
        } else {
            input = try JSONColumn.value(Input.self, from: statement.bytes(6))
        }
        return StampedInput(sequence: statement.integer(0), at: EngineTime(statement.integer(1)), input: input)
    }

    /// The newest frames of a source after a sequence, at most `limit`, in order.
    static func frames(of source: SourceID, after sequence: Int64, limit: Int, in database: Database) throws -> [JournaledFrame] {
        let sql = """
            SELECT sequence, topic, flags, body FROM journal
            WHERE sequence > ? AND kind = 2 AND source = ? ORDER BY sequence DESC LIMIT ?
            """
        let rows = try Row.fetchCursor(database, sql: sql, arguments: [sequence, source.rawValue, limit])
        var frames: [JournaledFrame] = []
        while let row = try rows.next() {
            let flags = JournalFlags(rawValue: row[2])
            let frame = Frame(
                source: source, origin: .mqtt(topic: row[1]), payload: Array(row[3] as Data),
                isRetained: flags.contains(.retained), isRedelivery: flags.contains(.redelivery),
                isDuplicate: flags.contains(.duplicate))
            frames.append(JournaledFrame(sequence: row[0], frame: frame))
        }
        return frames.reversed()
    }

    /// Where the journal begins and ends; nil when it is empty.
    static func ends(in database: Database) throws -> JournalEnds? {
        // Two lookups: one aggregate over both ends would read every row between them.
        let sql = "SELECT sequence, at FROM journal ORDER BY sequence"
        guard let first = try Row.fetchOne(database, sql: "\(sql) LIMIT 1"),
            let last = try Row.fetchOne(database, sql: "\(sql) DESC LIMIT 1")
        else { return nil }
        return JournalEnds(
            firstSequence: first[0], firstAt: EngineTime(first[1]), lastSequence: last[0], lastAt: EngineTime(last[1]))
    }

    /// The time of the row at or before a sequence.
    static func time(at sequence: Int64, in database: Database) throws -> EngineTime? {
        try Int64.fetchOne(
            database, sql: "SELECT at FROM journal WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1", arguments: [sequence]
        ).map { EngineTime($0) }
    }

    static func discontinuities(in database: Database) throws -> [Discontinuity] {
        try Row.fetchAll(database, sql: "SELECT sequence, at, reason FROM discontinuities ORDER BY sequence").map {
            Discontinuity(sequence: $0[0], at: EngineTime($0[1]), reason: $0[2])
        }
    }
}
