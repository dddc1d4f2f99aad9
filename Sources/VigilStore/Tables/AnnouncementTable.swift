internal import GRDB
internal import VigilCore

/// What systems announce of their devices, one row for each topic that an entry stands on. A full table takes nothing more: what stands is
/// not pushed out by what somebody makes up.
enum AnnouncementTable {
    static func write(_ changes: [AnnouncementChange], limit: Int, in database: Database) throws {
        for change in changes {
            switch change {
            case .made(let announcement): try put(announcement, limit: limit, in: database)
            case .withdrawn(let topic), .useless(let topic):
                try database.cachedStatement(sql: "DELETE FROM announcements WHERE topic = ?").execute(arguments: [topic])
            }
        }
    }

    private static func put(_ announcement: Announcement, limit: Int, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO announcements (topic, dialect, name, body) SELECT :topic, :dialect, :name, :body
                    WHERE (SELECT count(*) FROM announcements) < :limit OR EXISTS (SELECT 1 FROM announcements WHERE topic = :topic)
                ON CONFLICT (topic) DO UPDATE SET dialect = excluded.dialect, name = excluded.name, body = excluded.body
                """
        ).execute(arguments: [
            "topic": announcement.topic, "dialect": announcement.address.dialect.rawValue, "name": announcement.address.name,
            "body": try JSONColumn.text(announcement), "limit": limit,
        ])
    }

    /// Takes out what is said of devices that a new registry knows.
    static func remove(claimedBy registry: Registry, in database: Database) throws {
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM announcements)") ?? false else { return }
        let statement = try database.cachedStatement(sql: "DELETE FROM announcements WHERE dialect = ? AND name = ?")
        for device in registry.devices {
            try statement.execute(arguments: [device.address.dialect.rawValue, device.address.name])
        }
    }

    /// In the order of their topics.
    static func fetch(in database: Database) throws -> [Announcement] {
        try String.fetchAll(database, sql: "SELECT body FROM announcements ORDER BY topic").map {
            try JSONColumn.value(Announcement.self, from: $0)
        }
    }
}
