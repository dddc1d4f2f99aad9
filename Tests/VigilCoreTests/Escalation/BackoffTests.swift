import Testing

@testable import VigilCore

struct BackoffTests {
    @Test("the schedule is 2, 5, 10, 20, 40 s, 20 % around", arguments: [(1, 2), (2, 5), (3, 10), (4, 20), (5, 40)])
    func schedule(attempts: Int, seconds: Int64) {
        for key in 0..<200 {
            let wait = Backoff.delay(after: attempts, key: DeliveryID("k\(key)"), severity: .yellow).rawValue

            #expect((seconds * 800...seconds * 1200).contains(wait))
        }
    }

    @Test("after that red goes every minute, the rest every five", arguments: [6, 100, Int.max])
    func tail(attempts: Int) {
        #expect((48_000...72_000).contains(Backoff.delay(after: attempts, key: "k", severity: .red).rawValue))
        #expect((240_000...360_000).contains(Backoff.delay(after: attempts, key: "k", severity: .yellow).rawValue))
    }

    @Test("the jitter spreads keys and repeats for one key")
    func jitter() {
        let waits = (0..<50).map { Backoff.delay(after: 1, key: DeliveryID("k\($0)"), severity: .red) }

        #expect(Set(waits).count > 25)
        #expect(waits == (0..<50).map { Backoff.delay(after: 1, key: DeliveryID("k\($0)"), severity: .red) })
    }
}
