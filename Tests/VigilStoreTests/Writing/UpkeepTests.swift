import Dispatch
import Foundation
import GRDB
import Testing
import VigilCore

@testable import VigilStore

@Suite struct UpkeepTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("a load without pauses does not let the write-ahead log grow without end")
    func loadWithoutPauses() async throws {
        let store = try Store.open(directory) { $0.checkpointPages = 10 }

        // About thirty pages each, all handed over before the first is done.
        for first in stride(from: Int64(1), to: 20_000, by: 100) {
            var turn = Turn()
            turn.journal = (first..<first + 100).map { Samples.frame($0, payload: Array(repeating: 1, count: 1000)) }
            store.commit(turn) { _ in }
        }
        try await store.commit(Samples.frames(20_001...20_001))

        let log = try await store.reader.sizes().writeAheadLog
        #expect(log < 600 * 4096)
        try store.close()
    }

    @Test("when turns stop coming, the database holds them without the write-ahead log, whose file keeps its blocks")
    func copiesWhenIdle() throws {
        var upkeep = Upkeep(
            options: {
                var options = StoreOptions(); options.idleTime = .zero; return options
            }())
        var options = StoreOptions()
        options.ballastBytes = 0
        let writer = try Writer(path: directory.database, lock: try DirectoryLock(path: directory.path), options: options)
        try writer.commit(Samples.frames(1...100))

        upkeep.committed(writer)
        try upkeep.step(writer)

        let alone = directory.path + "/alone.db"
        try FileManager.default.copyItem(atPath: directory.database, toPath: alone)
        let stored = try DatabaseQueue(path: alone).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM journal") }
        #expect(stored == 100)
        let log = try FileManager.default.attributesOfItem(atPath: directory.database + "-wal")[.size] as? Int
        #expect(try #require(log) > 0)
        try writer.close()
    }

    @Test("with nothing to do, nothing is ever due")
    func restsWhenThereIsNothingToDo() {
        #expect(Upkeep(options: StoreOptions()).deadline == .distantFuture)
    }
}
