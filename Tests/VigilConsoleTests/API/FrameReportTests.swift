import Testing
import VigilTesting

@testable import VigilConsole
@testable import VigilCore

struct FrameReportTests {
    /// How each fact of a message that says `sos` and `worn` is told.
    private func heeds(_ verdict: FrameVerdict?) -> [FrameVerdict.Heed?] {
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/band1"), payload: [])
        let said = Decoded([Observation(.sos, .bool(true), nature: .event), Observation(.worn, .bool(true))])
        let report = FrameReport(
            StampedInput(sequence: 1, at: EngineScript.origin, input: .frame(frame)), frame,
            FrameReader.Reading(address: TextDecoder.address("band1"), outcome: .success(said)), verdict, clock: EngineScript.clock)
        return report.observations.map(\.heed)
    }

    @Test("what a decoder left out because it had told it before is no news, and the rest keeps what was made of it")
    func leftOut() {
        let verdict = FrameVerdict(sequence: 1, outcome: .taken, facts: [.init(kind: .worn, heed: .news)])

        #expect(heeds(verdict) == [.known, .news])
    }

    @Test("what was taken whole is told as it was taken, and of what is not known nothing is")
    func whole() {
        let verdict = FrameVerdict(
            sequence: 1, outcome: .taken, facts: [.init(kind: .sos, heed: .news), .init(kind: .worn, heed: .known)])

        #expect(heeds(verdict) == [.news, .known])
        #expect(heeds(nil) == [nil, nil])
        #expect(heeds(FrameVerdict(sequence: 1, outcome: .repeated)) == [nil, nil])
    }
}
