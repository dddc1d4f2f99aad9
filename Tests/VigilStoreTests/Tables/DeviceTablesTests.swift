import Testing
import VigilCore

@testable import VigilStore

/// What comes from the wire is capped: anybody can make names up.
@Suite struct DeviceTablesTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory) { options in
            options.unclaimedLimit = 10
            options.undecodableLimit = 3
            options.quarantinePerDevice = 2
            options.quarantineLimit = 5
            options.sampleBytes = 4
        }
    }

    private static func address(_ number: Int64) -> DeviceAddress { DeviceAddress(dialect: "vigil", name: "band-\(number)") }

    private func sight(_ numbers: some Sequence<Int64>, at second: Int64) async throws {
        var turn = Turn()
        turn.unclaimed = numbers.map {
            UnclaimedSighting(address: Self.address($0), at: Samples.start + .seconds(second + $0), sample: [1, 2, 3, 4, 5, 6])
        }
        try await store.commit(turn)
    }

    private func quarantine(_ number: Int64?, at sequence: Int64) async throws {
        var turn = Turn()
        turn.quarantine = [
            QuarantinedFrame(
                sequence: sequence, at: Samples.start + .seconds(sequence), address: number.map(Self.address),
                frame: Frame(source: "local", origin: .mqtt(topic: "x/y"), payload: [1, 2, 3, 4, 5, 6], isRetained: true),
                failure: DecodeFailure(.notUTF8, "byte 2"))
        ]
        try await store.commit(turn)
    }

    @Test("of too many unclaimed devices the least recently seen go")
    func unclaimedIsCapped() async throws {
        try await sight(1...10, at: 0)
        try await sight([1, 2], at: 100)
        try await sight(11...18, at: 200)

        let kept = try await store.reader.unclaimed()

        #expect(Set(kept.map(\.address)) == Set(([1, 2] + Array(11...18)).map(Self.address)))
        #expect(kept.first?.address == Self.address(18))
    }

    @Test("an unclaimed device keeps its first sighting, a count and the beginning of its latest payload")
    func unclaimedCounts() async throws {
        try await sight([1], at: 0)
        try await sight([1], at: 100)

        let device = try await store.reader.unclaimed().first

        #expect(
            device
                == UnclaimedDevice(
                    address: Self.address(1), firstAt: Samples.start + .seconds(1), lastAt: Samples.start + .seconds(101), sightings: 2,
                    sample: [1, 2, 3, 4], speaksForOthers: false))
    }

    @Test("who once spoke for others alone stays known for it")
    func unclaimedSpokesman() async throws {
        for (second, speaksForOthers) in [true, false].enumerated() {
            var turn = Turn()
            turn.unclaimed = [
                UnclaimedSighting(
                    address: Self.address(1), at: Samples.start + .seconds(Int64(second)), sample: [1], speaksForOthers: speaksForOthers
                )
            ]
            try await store.commit(turn)
        }

        #expect(try await store.reader.unclaimed().map(\.speaksForOthers) == [true])
    }

    @Test("twenty thousand made-up names stay within the cap", arguments: [20])
    func floodOfNames(turns: Int64) async throws {
        for turn in 0..<turns { try await sight(turn * 1000..<(turn + 1) * 1000, at: turn * 1000) }

        #expect(try await store.reader.unclaimed().count == 10)
    }

    @Test("a flood of names that are seen once does not push out a device that was seen twice (promises B10)")
    func floodAndRegular() async throws {
        try await sight([1], at: 0)
        try await sight([1], at: 100)

        try await sight(2..<50, at: 200)

        let devices = try await store.reader.unclaimed()
        #expect(devices.map(\.address).contains(Self.address(1)))
        #expect(devices.count == 10)
    }

    @Test("a device that the new registry knows is unclaimed no more")
    func claimed() async throws {
        try await sight([1, 2], at: 0)
        var turn = Turn()
        turn.journal = [StampedInput(sequence: 1, at: Samples.start, input: .registryChange(Samples.registry))]

        try await store.commit(turn)

        #expect(try await store.reader.unclaimed().map(\.address) == [Self.address(2)])
    }

    @Test("samples of undecodable frames are capped for each device and in all, newest first, and cut")
    func quarantineIsCapped() async throws {
        for sequence in Int64(1)...4 { try await quarantine(1, at: sequence) }
        for sequence in Int64(5)...8 { try await quarantine(sequence, at: sequence) }

        let samples = try await store.reader.quarantine()

        #expect(samples.map(\.sequence) == [8, 7, 6, 5, 4])
        #expect(samples.last?.address == Self.address(1))
        #expect(samples.first?.frame == Frame(source: "local", origin: .mqtt(topic: "x/y"), payload: [1, 2, 3, 4], isRetained: true))
        #expect(samples.first?.size == 6)
        #expect(samples.first?.failure == DecodeFailure(.notUTF8, "byte 2"))
    }

    @Test("a sample tells how long the payload was that was sent, also where only its beginning was taken in")
    func trueLength() async throws {
        let frame = Frame(source: "local", origin: .mqtt(topic: "x/y"), payload: [1, 2, 3], wholeLength: 2_000_000)
        let failure = DecodeFailure(.tooLarge, "the payload is longer than 65536 bytes")
        var turn = Turn()
        turn.quarantine = [
            QuarantinedFrame(sequence: 1, at: EngineTime(1), address: Self.address(1), frame: frame, failure: failure)
        ]
        try await store.commit(turn)

        #expect(try await store.reader.quarantine().map(\.size) == [2_000_000])
    }

    @Test("counts of undecodable frames never lose one: devices above the cap are counted together")
    func countsAreFolded() async throws {
        for sequence in Int64(1)...4 { try await quarantine(1, at: sequence) }
        for sequence in Int64(5)...8 { try await quarantine(sequence, at: sequence) }
        try await quarantine(nil, at: 9)

        let counts = try await store.reader.undecodableCounts()

        #expect(counts.reduce(0) { $0 + $1.frames } == 9)
        #expect(counts.first == UndecodableCount(address: nil, frames: 6, lastAt: Samples.start + .seconds(9)))
        #expect(Set(counts.dropFirst().map(\.address)) == Set([6, 7, 8].map(Self.address)))
    }
}
