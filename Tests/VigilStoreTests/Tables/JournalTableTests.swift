import Testing
import VigilCore

@testable import VigilStore

@Suite struct JournalTableTests {
    let directory: TemporaryDirectory
    let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(directory)
    }

    @Test("every input comes back from the journal as it was")
    func roundTrip() async throws {
        var turn = Turn()
        turn.journal = Samples.inputs.enumerated().compactMap { index, input in
            // Only here: a source without a name has no confirmed position, so the schema refuses it.
            if case .frame(let frame) = input, frame.source == "" { return nil }
            return StampedInput(sequence: Int64(index + 1), at: Samples.start, input: input)
        }
        for index in turn.journal.indices { turn.journal[index].sequence = Int64(index + 1) }

        try await store.commit(turn)

        #expect(try await store.rows() == turn.journal)
    }

    @Test("the samples hold every kind of input that the journal knows")
    func samplesAreComplete() {
        #expect(Set(Samples.inputs.map { JournalKind($0).rawValue }) == Set(1...10))
    }

    @Test("a frame keeps its marks: retained, sent again, recognised as heard before", arguments: [0, 1, 2, 3, 4, 5, 6, 7])
    func framesKeepTheirMarks(bits: Int) async throws {
        var turn = Turn()
        let frame = Frame(
            source: "main", origin: .mqtt(topic: "a/b"), payload: [1], isRetained: bits & 1 != 0, isRedelivery: bits & 2 != 0,
            isDuplicate: bits & 4 != 0)
        turn.journal = [StampedInput(sequence: 1, at: EngineTime(1), input: .frame(frame))]

        try await store.commit(turn)

        #expect(try await store.rows() == turn.journal)
    }

    @Test("a replay is handed every row once and in order, across its batches")
    func streamsInOrder() async throws {
        for first in stride(from: Int64(1), to: 25_000, by: 5000) { try await store.commit(Samples.frames(first...first + 4999)) }

        var next: Int64 = 7
        try store.reader.forEachInput(after: 6) { stamped in
            #expect(stamped.sequence == next)
            next += 1
        }

        #expect(next == 25_001)
    }

    @Test("a replay ends with the error of whoever replays")
    func bodyErrorsPass() async throws {
        struct Stop: Error {}
        try await store.commit(Samples.frames(1...3))

        #expect(throws: Stop.self) { try store.reader.forEachInput { if $0.sequence == 2 { throw Stop() } } }
    }

    @Test("rows that do not follow the last one are refused", arguments: [[1], [3], [4, 6], [5, 4], [4, 4], [0]])
    func holesAreRefused(sequences: [Int64]) async throws {
        try await store.commit(Samples.frames(1...3))
        var turn = Turn()
        turn.journal = sequences.map { Samples.frame($0) }

        let error = await store.refusal(of: turn)

        #expect(error?.kind == .refused)
        #expect(try await store.rows().count == 3)
    }
}
