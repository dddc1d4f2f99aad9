internal import GRDB
internal import VigilCore

/// Per source: up to where the broker is known to have heard our acknowledgements.
enum ConfirmedTable {
    /// Positions only ever move forward.
    static func write(_ positions: [ConfirmedPosition], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO confirmed (source, sequence) VALUES (?, ?)
                ON CONFLICT (source) DO UPDATE SET sequence = max(sequence, excluded.sequence)
                """)
        for position in positions { try statement.execute(arguments: [position.source.rawValue, position.sequence]) }
    }

    static func fetch(in database: Database) throws -> [SourceID: Int64] {
        var positions: [SourceID: Int64] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT source, sequence FROM confirmed") { positions[SourceID(row[0])] = row[1] }
        return positions
    }

    /// The position before which no source has anything unconfirmed; nil when no source was ever heard.
    static func lowest(in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT min(sequence) FROM confirmed")
    }
}
