import Testing

@testable import vigil_sim

@Suite struct SplitMix64Tests {
    @Test("the numbers are the same with every build")
    func stability() {
        var random = SplitMix64(seed: 1, stream: 2)

        #expect(
            (0..<3).map { _ in random.next() } == [13_723_714_407_052_988_138, 3_385_343_407_635_105_355, 12_689_586_318_016_721_452])
    }

    @Test("numbers stay within their range")
    func range() {
        var random = SplitMix64(seed: 3)

        #expect((0..<1000).allSatisfy { _ in (-6...3).contains(random.number(in: -6...3)) })
        #expect((0..<1000).allSatisfy { _ in (0..<1).contains(random.fraction()) })
    }
}
