import Testing
import VigilCore
import VigilTesting

@testable import VigilStore

@Suite struct DeviceTestTableTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func test(_ name: String, _ at: Int64, _ way: DeviceTest.Way = .drill) -> DeviceTest {
        DeviceTest(device: DeviceAddress(dialect: "vigil", name: name), testedAt: EngineTime(at), way: way)
    }

    private func turn(_ tests: DeviceTest...) -> Turn {
        var turn = Turn()
        turn.tests = tests
        return turn
    }

    @Test("of each device the test that happened last is kept, over a restart as well")
    func kept() async throws {
        var store = try Store.open(directory)
        try await store.commit(turn(test("a", 1000), test("b", 2000, .testButton)))
        try await store.commit(turn(test("a", 3000, .outcome), test("b", 1500)))
        try store.close()

        store = try Store.open(directory)
        defer { try? store.close() }

        #expect(try await store.reader.tests() == [test("a", 3000, .outcome), test("b", 2000, .testButton)])
    }

    @Test("a damaged database's tests go on in the new one")
    func salvaged() async throws {
        let store = try Store.open(directory)
        var first = turn(test("a", 1000))
        first.journal = [StampedInput(sequence: 1, at: EngineTime(1000), input: .registryChange(SmallCommunity.registry(version: 7)))]
        try await store.commit(first)
        try store.close()
        let cause = StoreError(.corrupt, action: "test", path: directory.database, cause: "damaged by a test")

        _ = try Store.replaceDamaged(directory: directory.path, cause: cause, at: WallTime(5000))

        let fresh = try Store.open(directory)
        defer { try? fresh.close() }
        #expect(try await fresh.reader.tests() == [test("a", 1000)])
    }

    @Test("while nothing is stored the test that happened last counts, wherever it is known")
    func unrecorded() {
        var unrecorded = UnrecordedTurns()
        unrecorded.add(turn(test("a", 3000), test("b", 1000)))
        unrecorded.add(turn(test("a", 2000)))

        let tests = unrecorded.tests(over: [test("b", 2000), test("c", 1)])

        #expect(tests.values.sorted { $0.device.name < $1.device.name } == [test("a", 3000), test("b", 2000), test("c", 1)])
    }
}
