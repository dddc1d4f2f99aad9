internal import GRDB
internal import VigilCore

/// When each resident was last seen, and by whom; outlives the journal.
enum VisitTable {
    /// A visit before the one that is known changes nothing.
    static func write(_ visits: [Visit], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO visits (resident, visited_at, contact, via, login, note) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (resident) DO UPDATE SET
                    visited_at = excluded.visited_at, contact = excluded.contact, via = excluded.via, login = excluded.login,
                    note = excluded.note
                    WHERE excluded.visited_at >= visited_at
                """)
        for visit in visits {
            try statement.execute(arguments: [
                visit.resident.rawValue, visit.visitedAt.rawValue, visit.by.contact?.rawValue, visit.by.via, visit.by.login, visit.note,
            ])
        }
    }

    /// In order of the residents' ids.
    static func fetch(in database: Database) throws -> [Visit] {
        try Row.fetchAll(database, sql: "SELECT resident, visited_at, contact, via, login, note FROM visits ORDER BY resident").map {
            let contact: String? = $0[2]
            return Visit(
                resident: ResidentID($0[0]), visitedAt: EngineTime($0[1]),
                by: Actor(contact: contact.map { ContactID($0) }, via: $0[3], login: $0[4]), note: $0[5])
        }
    }
}
