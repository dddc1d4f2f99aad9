import Testing
import VigilCore

@testable import VigilIngest

@Suite("back-off")
struct BackoffTests {
    /// The wait that a random source at its upper end gives: the bound.
    private struct Highest: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    private func bounds(isRefusal: Bool, count: Int) -> [Int64] {
        var backoff = Backoff()
        var random = Highest()
        return (0..<count).map { _ in backoff.next(isRefusal: isRefusal, using: &random).rawValue }
    }

    @Test("a broker that is down is asked again within 5 s for ever")
    func unreachable() {
        #expect(bounds(isRefusal: false, count: 6) == [500, 1000, 2000, 4000, 5000, 5000])
    }

    @Test("one that refused us within 30 s")
    func refused() {
        #expect(bounds(isRefusal: true, count: 8) == [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    }

    @Test("the wait is anything from nothing to the bound, so that boxes do not come back all at once")
    func fullJitter() {
        var backoff = Backoff()
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100 { _ = backoff.next(isRefusal: false, using: &random) }
        let waits = (0..<1000).map { _ in backoff.next(isRefusal: false, using: &random).rawValue }

        #expect(waits.allSatisfy { (0...5000).contains($0) })
        #expect(waits.contains { $0 < 1000 } && waits.contains { $0 > 4000 })
    }

    @Test("after a good connection it begins anew")
    func reset() {
        var backoff = Backoff()
        var random = Highest()
        for _ in 0..<5000 { _ = backoff.next(isRefusal: false, using: &random) }
        backoff.reset()

        #expect(backoff.next(isRefusal: false, using: &random) == Milliseconds(500))
    }
}
