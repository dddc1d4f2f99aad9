import Testing

/// The GATT client against a device whose PDUs are broken, missing, doubled or made up. `VIGIL_FUZZ_INPUTS=1000000` plays more
/// conversations, `VIGIL_FUZZ_SEED` others; conversation number n is made from seed + n alone.
struct GATTClientFuzzTests {
    @Test("the GATT client outlives any device: it ends, in time, and says no more than it was asked", .timeLimit(.minutes(60)))
    func conversations() {
        var finished = 0
        var failed = 0
        var broken: [String: Int] = [:]
        for seed in FuzzRun.seeds {
            var conversation = GATTConversation(seed: seed)
            conversation.play()
            if conversation.isFinished { finished += 1 }
            if conversation.isOver { failed += 1 }
            broken.merge(conversation.broken, uniquingKeysWith: +)
            if let complaint = conversation.complaint {
                Issue.record("seed \(seed): \(complaint)")
                return
            }
        }
        let count = FuzzRun.seeds.count
        let told = broken.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        print(
            "fuzz gatt: \(count) conversations from seed \(FuzzRun.seeds.lowerBound), \(finished) set up, \(failed) given up; broken PDUs: \(told)"
        )
        guard count >= 1000 else { return }
        // A fuzzer that never comes to the end tests the beginning.
        #expect(finished > count / 20 && failed > count / 20)
        for moment in GATTConversation.moments { #expect(broken[moment, default: 0] > count / 100, "\(moment)") }
    }
}
