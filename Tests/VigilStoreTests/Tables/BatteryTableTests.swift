import Foundation
import GRDB
import Testing
import VigilCore

@testable import VigilStore

@Suite struct BatteryTableTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func reading(_ name: String, day: Int64, _ percent: Double) -> BatteryReading {
        BatteryReading(
            device: DeviceAddress(dialect: "vigil", name: name),
            sample: BatterySample(at: EngineTime(day * 86_400_000), percent: percent))
    }

    private func commit(_ readings: [BatteryReading], to store: Store) async throws {
        var turn = Turn()
        turn.batteries = readings
        try await store.commit(turn)
    }

    private func count(_ table: String) throws -> Int? {
        try DatabaseQueue(path: directory.database).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
    }

    /// As the schema before left it.
    private func makeOld() throws {
        let queue = try DatabaseQueue(path: directory.database)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "INSERT INTO device_tests VALUES ('vigil', 'a', 5, 'drill')")
            try database.execute(sql: "DROP TABLE battery_samples")
            try database.execute(sql: "ALTER TABLE unclaimed DROP COLUMN speaks_for_others")
            try database.execute(sql: "PRAGMA user_version = 2")
        }
        try queue.close()
    }

    @Test("samples are read back by device, the oldest first, and only as many as a trend looks at")
    func bounded() async throws {
        let store = try Store.open(directory)
        try await commit([reading("b", day: 2, 40), reading("b", day: 1, 41)], to: store)
        for day in 1...60 { try await commit([reading("a", day: Int64(day), 90)], to: store) }

        let batteries = try store.recover(reopenWindow: .zero).batteries
        let rows = try count("battery_samples")
        try store.close()

        #expect(batteries[DeviceAddress(dialect: "vigil", name: "b")]?.samples.map(\.percent) == [41, 40])
        #expect(batteries[DeviceAddress(dialect: "vigil", name: "a")]?.samples.count == BatteryTrend.mostSamples)
        #expect(rows == BatteryTrend.mostSamples + 2)
    }

    @Test("a database of the schema before is brought up to this one, with all that it holds")
    func migration() async throws {
        try Store.open(directory).close()
        try makeOld()

        let store = try Store.open(directory)
        try await commit([reading("a", day: 1, 50)], to: store)
        let batteries = try store.recover(reopenWindow: .zero).batteries
        try store.close()

        #expect(batteries.count == 1)
        #expect(try count("device_tests") == 1)
    }
}
