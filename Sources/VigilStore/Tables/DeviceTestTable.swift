internal import GRDB
internal import VigilCore

/// When each device was last shown to call for help; outlives the journal.
enum DeviceTestTable {
    /// A test that happened before the one that is known changes nothing.
    static func write(_ tests: [DeviceTest], in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO device_tests (dialect, name, tested_at, way) VALUES (?, ?, ?, ?)
                ON CONFLICT (dialect, name) DO UPDATE SET tested_at = excluded.tested_at, way = excluded.way
                    WHERE excluded.tested_at >= tested_at
                """)
        for test in tests {
            try statement.execute(arguments: [
                test.device.dialect.rawValue, test.device.name, test.testedAt.rawValue, test.way.rawValue,
            ])
        }
    }

    /// In order of their addresses.
    static func fetch(in database: Database) throws -> [DeviceTest] {
        try Row.fetchAll(database, sql: "SELECT dialect, name, tested_at, way FROM device_tests ORDER BY dialect, name").map { row in
            DeviceTest(
                device: DeviceAddress(dialect: Dialect(row[0]), name: row[1]), testedAt: EngineTime(row[2]), way: try row.word(3))
        }
    }
}
