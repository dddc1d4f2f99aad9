import Testing
import VigilCore

@testable import VigilDevices

/// One decoder against broken input made of a corpus.
struct DecoderFuzz {
    private let decoder: any PayloadDecoder
    private let corpus: FuzzCorpus
    private let name: String

    init(_ decoder: any PayloadDecoder, _ corpus: FuzzCorpus, named name: String) {
        self.decoder = decoder
        self.corpus = corpus
        self.name = name
    }

    /// Records what is wrong with the first answer that is wrong.
    func run() throws {
        var understood = 0
        var slowest = SlowestInput()
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: corpus)
            let frame = Frame(source: "fuzz", origin: .mqtt(topic: mutator.topic()), payload: mutator.payload())
            var state = DialectState()
            if seed.isMultiple(of: 2) { state.heard(42, in: "9f3c") }
            let complaint = slowest.measure(seed) { Self.check(decoder, frame, &state, &understood) }
            if let complaint {
                Issue.record("seed \(seed): \(complaint) for \(frame.topic.prefix(200).debugDescription) \(frame.payload.prefix(300))")
                return
            }
        }
        let count = FuzzRun.seeds.count
        print("fuzz \(name): \(count) inputs from seed \(FuzzRun.seeds.lowerBound), \(understood) of them said something; \(slowest)")
        // A fuzzer whose inputs are all refused at the door tests the door.
        #expect(count < 1000 || understood > count / 10, "only \(understood) of \(count) were understood")
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
