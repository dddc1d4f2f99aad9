internal import GRDB

extension Migrations {
    /// What systems announce of their devices.
    @Sendable
    static func createAnnouncements(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE announcements (
                    topic TEXT PRIMARY KEY NOT NULL CHECK (topic <> ''),
                    dialect TEXT NOT NULL CHECK (dialect <> ''),
                    name TEXT NOT NULL,
                    body TEXT NOT NULL CHECK (body <> '')
                ) STRICT, WITHOUT ROWID;

                CREATE INDEX announcements_of ON announcements (dialect, name);
                """)
    }
}
