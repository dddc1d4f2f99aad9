internal import GRDB
internal import VigilCore

/// What devices said of their batteries, day by day; outlives the journal and every snapshot.
enum BatteryTable {
    /// Adds samples, and lets go of those that no trend looks at.
    static func write(_ readings: [BatteryReading], in database: Database) throws {
        guard !readings.isEmpty else { return }
        let insert = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO battery_samples (dialect, name, at, percent) VALUES (?, ?, ?, ?)")
        let prune = try database.cachedStatement(
            sql: """
                DELETE FROM battery_samples WHERE dialect = ?1 AND name = ?2 AND at <=
                    (SELECT at FROM battery_samples WHERE dialect = ?1 AND name = ?2 ORDER BY at DESC LIMIT 1 OFFSET ?3)
                """)
        for reading in readings {
            let device = reading.device
            try insert.execute(arguments: [
                device.dialect.rawValue, device.name, reading.sample.at.rawValue, reading.sample.percent,
            ])
            try prune.execute(arguments: [device.dialect.rawValue, device.name, BatteryTrend.mostSamples])
        }
    }

    static func fetch(in database: Database) throws -> [DeviceAddress: BatteryTrend] {
        var samples: [DeviceAddress: [BatterySample]] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT dialect, name, at, percent FROM battery_samples ORDER BY dialect, name, at")
        while let row = try rows.next() {
            let device = DeviceAddress(dialect: Dialect(row[0]), name: row[1])
            samples[device, default: []].append(BatterySample(at: EngineTime(row[2]), percent: row[3]))
        }
        return samples.mapValues { BatteryTrend($0) }
    }
}
