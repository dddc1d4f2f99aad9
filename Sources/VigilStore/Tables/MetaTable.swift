internal import GRDB
internal import VigilCore

/// What is true of the installation: one row.
enum MetaTable {
    static func installation(in database: Database) throws -> String {
        try String.fetchOne(database, sql: "SELECT installation FROM meta") ?? ""
    }

    static func isClean(in database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT is_clean FROM meta") ?? false
    }

    static func setClean(_ isClean: Bool, in database: Database) throws {
        try database.execute(sql: "UPDATE meta SET is_clean = ?", arguments: [isClean])
    }

    /// Keeps a start beyond the life of its journal row.
    static func write(_ start: Start, of stamped: StampedInput, in database: Database) throws {
        try database.execute(
            sql: "UPDATE meta SET last_start = ?, last_clock = ?",
            arguments: [try JSONColumn.text(StampedStart(start: start, at: stamped.at)), try JSONColumn.text(start.clock)])
    }

    static func write(_ clock: ClockReading, in database: Database) throws {
        try database.execute(sql: "UPDATE meta SET last_clock = ?", arguments: [try JSONColumn.text(clock)])
    }

    static func lastStart(in database: Database) throws -> StampedStart? {
        try String.fetchOne(database, sql: "SELECT last_start FROM meta").map { try JSONColumn.value(StampedStart.self, from: $0) }
    }

    static func lastClock(in database: Database) throws -> ClockReading? {
        try String.fetchOne(database, sql: "SELECT last_clock FROM meta").map { try JSONColumn.value(ClockReading.self, from: $0) }
    }
}
