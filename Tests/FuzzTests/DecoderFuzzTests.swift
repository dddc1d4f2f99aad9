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
        try DecoderFuzz(decoder, corpus, named: dialect.rawValue).run()
    }

    @Test("what the JSON reader takes for JSON, Foundation takes too", .timeLimit(.minutes(60)))
    func reader() throws {
        let reader = JSONReader()
        let corpora = DecoderRegistry.shipped.entries.compactMap { FuzzCorpus.of($0.dialect) }
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: corpora[Int(seed % UInt64(corpora.count))])
            let payload = mutator.payload()
            // What had to be mended is no JSON; and refusing is always allowed here.
            guard (try? reader.read(payload, noting: { isJSON, _ in isJSON = false }, { _ in true })) == true else { continue }
            let other = try? JSONSerialization.jsonObject(with: Data(payload), options: .fragmentsAllowed)  // nil is the finding
            if other == nil {
                Issue.record("seed \(seed): Foundation refuses \(payload.prefix(300))")
                return
            }
        }
    }
}
