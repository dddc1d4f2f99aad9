import Foundation
import Testing
import VigilCore
import VigilDaemon

@testable import VigilDevices

/// Every decoder against broken input. `VIGIL_FUZZ_INPUTS=1000000` tries more, `VIGIL_FUZZ_SEED` others, `VIGIL_FUZZ_DIALECT=tasmota`
/// only one.
///
/// Input number n of a run is made from seed + n alone: the seed on a failure with `VIGIL_FUZZ_INPUTS=1` brings that input back.
struct DecoderFuzzTests {
    private static let dialects: [Dialect] = {
        let all = DecoderRegistry.shipped.entries.map(\.dialect)
        guard let only = ProcessInfo.processInfo.environment["VIGIL_FUZZ_DIALECT"] else { return all }
        return all.filter { $0.rawValue == only }
    }()

    @Test(
        "a decoder outlives any input, says the same of the same, and only what can be", .timeLimit(.minutes(60)),
        arguments: dialects)
    func decoders(dialect: Dialect) throws {
        let decoder = try #require(DecoderRegistry.shipped.entry(for: dialect)).decoder
        let corpus = try #require(FuzzCorpus.of(dialect), "a decoder without a corpus is not fuzzed: add payloads to FuzzCorpus")
        var understood = 0
        var slowest = (milliseconds: 0.0, seed: UInt64(0))
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: corpus)
            let frame = Frame(source: "fuzz", origin: .mqtt(topic: mutator.topic()), payload: mutator.payload())
            var state = DialectState()
            if seed.isMultiple(of: 2) { state.heard(42, in: "9f3c") }
            let before = Self.processorTime()
            let complaint = Self.check(decoder, frame, &state, &understood)
            let spent = Self.processorTime() - before
            if spent > slowest.milliseconds { slowest = (spent, seed) }
            if let complaint {
                Issue.record("seed \(seed): \(complaint) for \(frame.topic.prefix(200).debugDescription) \(frame.payload.prefix(300))")
                return
            }
        }
        let count = FuzzRun.seeds.count
        print(
            """
            fuzz \(dialect): \(count) inputs from seed \(FuzzRun.seeds.lowerBound), \(understood) of them said something; \
            the slowest, seed \(slowest.seed), took \(slowest.milliseconds) ms to check
            """)
        // A fuzzer whose inputs are all refused at the door tests the door.
        #expect(count < 1000 || understood > count / 10, "only \(understood) of \(count) were JSON")
    }

    @Test("what the JSON reader takes for JSON, Foundation takes too", .timeLimit(.minutes(60)))
    func reader() throws {
        let reader = JSONReader()
        let corpora = DecoderRegistry.shipped.entries.compactMap { FuzzCorpus.of($0.dialect) }
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: corpora[Int(seed % UInt64(corpora.count))])
            let payload = mutator.payload()
            guard (try? reader.read(payload) { _ in true }) == true else { continue }  // refusing is always allowed here
            let other = try? JSONSerialization.jsonObject(with: Data(payload), options: .fragmentsAllowed)  // nil is the finding
            if other == nil {
                Issue.record("seed \(seed): Foundation refuses \(payload.prefix(300))")
                return
            }
        }
    }

    /// What this thread has had of the processor, in milliseconds: a busy machine makes no input slow.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
    }

    /// What is wrong with the decoder's answer to a frame, if anything.
    private static func check(_ decoder: any PayloadDecoder, _ frame: Frame, _ state: inout DialectState, _ understood: inout Int)
        -> String?
    {
        let before = state
        let first = Result { try decoder.decode(frame, state: &state) }
        var again = before
        let second = Result { try decoder.decode(frame, state: &again) }
        guard state == again else { return "the state is not the same the second time" }
        guard decoder.address(of: frame) == decoder.address(of: frame) else { return "the address is not the same the second time" }
        switch (first, second) {
        case (.success(let decoded), .success(let other)):
            guard decoded == other else { return "the answer is not the same the second time" }
            if decoder.address(of: frame) == nil, decoded != Decoded() { return "facts of nobody" }
            let change = decoder.announcement(in: frame)
            guard change == decoder.announcement(in: frame) else { return "the announcement is not the same the second time" }
            if case .made = change { understood += 1 }
            if !decoded.observations.isEmpty || !decoded.faults.isEmpty { understood += 1 }
            return complaint(decoded, size: frame.payload.count)
        case (.failure, .failure): return state == before ? nil : "a frame that was refused changed the state"
        default: return "once refused and once not"
        }
    }

    private static func complaint(_ decoded: Decoded, size: Int) -> String? {
        if decoded.observations.count > size + 4 { return "more facts than bytes" }
        if decoded.faults.count > 64 { return "\(decoded.faults.count) faults" }
        for observation in decoded.observations {
            switch observation.value {
            case .number(let number):
                guard number.isFinite else { return "\(observation.kind) is not finite" }
                guard observation.kind.plausibleRange?.contains(number) ?? true else { return "\(observation.kind) is out of range" }
            case .text(let text):
                if text.utf8.count > 128 || text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
                    return "unfit text for \(observation.kind)"
                }
            case .numbers(let numbers):
                guard !numbers.isEmpty, numbers.count <= 4, numbers.allSatisfy(\.isFinite) else { return "unfit numbers" }
            case .bool: break
            }
            if let time = observation.eventTime, !(1_000_000_000_000...4_102_444_800_000).contains(time.rawValue) {
                return "impossible time"
            }
        }
        return nil
    }
}
