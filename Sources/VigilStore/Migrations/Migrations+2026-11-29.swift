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

    /// What devices said of their batteries, a sample a day.
    @Sendable
    static func createBatterySamples(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE battery_samples (
                    dialect TEXT NOT NULL CHECK (dialect <> ''),
                    name TEXT NOT NULL,
                    at INTEGER NOT NULL,
                    percent REAL NOT NULL CHECK (percent BETWEEN 0 AND 100),
                    PRIMARY KEY (dialect, name, at)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
