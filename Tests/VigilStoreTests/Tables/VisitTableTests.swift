import Testing
import VigilCore
import VigilTesting

@testable import VigilStore

@Suite struct VisitTableTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func visit(_ resident: ResidentID, _ at: Int64, by contact: ContactID? = "officer") -> Visit {
        Visit(resident: resident, visitedAt: EngineTime(at), by: Actor(contact: contact, via: "cli", login: "li"), note: "well")
    }

    private func turn(_ visits: Visit...) -> Turn {
        var turn = Turn()
        turn.visits = visits
        return turn
    }

    @Test("of each resident the latest visit is kept, over a restart as well")
    func kept() async throws {
        var store = try Store.open(directory)
        try await store.commit(turn(visit("r1", 1000), visit("r2", 2000, by: nil)))
        try await store.commit(turn(visit("r1", 3000, by: nil), visit("r2", 1500)))
        try store.close()

        store = try Store.open(directory)
        defer { try? store.close() }

        #expect(try await store.reader.visits() == [visit("r1", 3000, by: nil), visit("r2", 2000, by: nil)])
    }

    @Test("a damaged database's visits go on in the new one")
    func salvaged() async throws {
        let store = try Store.open(directory)
        var first = turn(visit("r1", 1000))
        first.journal = [StampedInput(sequence: 1, at: EngineTime(1000), input: .registryChange(SmallCommunity.registry(version: 7)))]
        try await store.commit(first)
        try store.close()
        let cause = StoreError(.corrupt, action: "test", path: directory.database, cause: "damaged by a test")

        _ = try Store.replaceDamaged(directory: directory.path, cause: cause, at: WallTime(5000))

        let fresh = try Store.open(directory)
        defer { try? fresh.close() }
        #expect(try await fresh.reader.visits() == [visit("r1", 1000)])
    }

    @Test("while nothing is stored the latest visit counts, wherever it is known")
    func unrecorded() {
        var unrecorded = UnrecordedTurns()
        unrecorded.add(turn(visit("r1", 3000), visit("r2", 1000)))
        unrecorded.add(turn(visit("r1", 2000)))

        let visits = unrecorded.visits(over: [visit("r2", 2000), visit("r3", 1)])

        #expect(visits == ["r1": visit("r1", 3000), "r2": visit("r2", 2000), "r3": visit("r3", 1)])
    }
}
