internal import GRDB

extension Migrations {
    /// Which of the devices that nobody registered speak for others.
    @Sendable
    static func markSpokesmen(in database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE unclaimed
                ADD COLUMN speaks_for_others INTEGER NOT NULL DEFAULT 0 CHECK (speaks_for_others IN (0, 1))
                """)
    }
}
