import Testing
import VigilCore

@testable import VigilDevices

/// What the registry's decoder has not: keys, a profile of bytes, and events of the host interface. `VIGIL_FUZZ_INPUTS=1000000` tries more.
struct BluetoothFuzzTests {
    /// Those of the corpus, for what opens (`A4:C1:38:8D:18:B2` has no message of its own key) and what does not.
    private static let keys = """
        A4:C1:38:8D:18:B2 231d39c1d7cc1ab1aee224cd096db932
        54:EF:44:E0:C4:0F ffd8ce9c08ae7533a79bdaf0bb755e96
        F8:24:41:C5:98:8B b853075158487ca39a5b5ea9
        """

    @Test("with keys a decoder outlives any input, says the same of the same, and forgets what it refuses", .timeLimit(.minutes(60)))
    func keys() throws {
        let (keys, faults) = BluetoothKeys.read(Self.keys)
        try #require(faults.isEmpty)
        let decoder = BluetoothDecoder(keys: keys)
        var proven = 0
        var state = DialectState()
        var slowest = SlowestInput()
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: .bluetooth)
            let frame = Frame(source: "fuzz", origin: .mqtt(topic: mutator.topic()), payload: mutator.payload())
            let before = state
            var again = state
            let first = slowest.measure(seed) { Result { try decoder.decode(frame, state: &state) } }
            let second = Result { try decoder.decode(frame, state: &again) }

            switch (first, second) {
            case (.success(let decoded), .success(let other)):
                guard decoded == other, state == again else {
                    Issue.record("seed \(seed): not the same the second time")
                    return
                }
                if decoder.address(of: frame) != nil, !decoded.isUnauthenticated || decoded.isRepeat { proven += 1 }
            case (.failure, .failure):
                guard state == before else {
                    Issue.record("seed \(seed): a frame that was refused changed the state")
                    return
                }
            default:
                Issue.record("seed \(seed): once refused and once not")
                return
            }
        }
        print("fuzz ble with keys: \(FuzzRun.seeds.count) inputs, \(proven) of them proven or heard before; \(slowest)")
        #expect(proven > 0)
    }

    @Test("an event of the host interface is read or refused, whatever it holds", .timeLimit(.minutes(60)))
    func events() {
        let line = DecodeLine()
        let corpus = FuzzCorpus(
            payloads: [
                "043e1602010000a5808fe648540a0201060616d2fc402901cc",
                "043e2a02010001433ea2c96b6a1e02011a1aff4c000215e2c56db5dffb48d2b060d0f5a71096e000640000c5b3",
                "043e1a0d011300000000000000000100ff7fc40000000000000000000616d2fc402901",
            ].compactMap { HexText.bytes($0) }, topics: [])
        var slowest = SlowestInput()
        for seed in FuzzRun.seeds {
            var mutator = Mutator(seed: seed, corpus: corpus)
            // A line of a terminal is not longer.
            let digits = HexText.text(mutator.payload().prefix(2000))
            let answer = slowest.measure(seed) { line.answer(to: #"{"ble":{"hci_event":"\#(digits)"}}"#) }
            guard answer.hasPrefix("{"), answer.hasSuffix("}") else {
                Issue.record("seed \(seed): \(answer)")
                return
            }
        }
        print("fuzz hci events: \(FuzzRun.seeds.count) inputs; \(slowest)")
    }
}
