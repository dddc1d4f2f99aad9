internal import Foundation
internal import GRDB
internal import VigilCore

/// Devices that speak and that nobody has registered; capped, because anybody can make names up. Names that were seen once, or not for a
/// day, go first, so that a flood of them does not push out a device that is seen again and again.
enum UnclaimedTable {
    static func write(_ sightings: [UnclaimedSighting], options: StoreOptions, in database: Database) throws {
        guard !sightings.isEmpty else { return }
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO unclaimed (dialect, name, first_at, last_at, sightings, sample, speaks_for_others)
                VALUES (:dialect, :name, :at, :at, 1, :sample, :others)
                ON CONFLICT (dialect, name) DO UPDATE SET
                    last_at = excluded.last_at, sightings = sightings + 1, sample = excluded.sample,
                    speaks_for_others = max(speaks_for_others, excluded.speaks_for_others)
                """)
        for sighting in sightings {
            try statement.execute(arguments: [
                "dialect": sighting.address.dialect.rawValue, "name": sighting.address.name, "at": sighting.at.rawValue,
                "sample": SampleBlob.cut(sighting.sample, to: options.sampleBytes), "others": sighting.speaksForOthers,
            ])
        }
        try database.cachedStatement(
            sql: """
                DELETE FROM unclaimed WHERE (dialect, name) IN
                    (SELECT dialect, name FROM unclaimed
                    ORDER BY sightings > 1 AND last_at > (SELECT max(last_at) - 86400000 FROM unclaimed) DESC, last_at DESC, dialect, name
                    LIMIT -1 OFFSET ?)
                """
        ).execute(arguments: [options.unclaimedLimit])
    }

    /// Takes out the devices that a new registry knows.
    static func remove(claimedBy registry: Registry, in database: Database) throws {
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM unclaimed)") ?? false else { return }
        let statement = try database.cachedStatement(sql: "DELETE FROM unclaimed WHERE dialect = ? AND name = ?")
        for device in registry.devices {
            try statement.execute(arguments: [device.address.dialect.rawValue, device.address.name])
        }
    }

    /// Most recently seen first.
    static func fetch(limit: Int, in database: Database) throws -> [UnclaimedDevice] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT dialect, name, first_at, last_at, sightings, sample, speaks_for_others
                FROM unclaimed ORDER BY last_at DESC, dialect, name LIMIT ?
                """,
            arguments: [limit]
        ).map { row in
            UnclaimedDevice(
                address: DeviceAddress(dialect: Dialect(row[0]), name: row[1]), firstAt: EngineTime(row[2]), lastAt: EngineTime(row[3]),
                sightings: row[4], sample: Array(row[5] as Data), speaksForOthers: row[6])
        }
    }
}
