import Testing
import VigilCore

struct ResponseTimesTests {
    @Test(
        "percentiles are lengths that occurred, by nearest rank",
        arguments: [
            (1...1, 1, 1, 1), (1...2, 1, 2, 2), (1...3, 2, 3, 3), (1...10, 5, 9, 10), (1...100, 50, 90, 99), (1...101, 51, 91, 100),
            (1...1000, 500, 900, 990),
        ])
    func nearestRank(lengths: ClosedRange<Int64>, p50: Int64, p90: Int64, p99: Int64) {
        // Whatever their order.
        let times = ResponseTimes(lengths.reversed().map { Milliseconds($0) })

        #expect(times.count == lengths.count)
        #expect([times.p50, times.p90, times.p99] == [Milliseconds(p50), Milliseconds(p90), Milliseconds(p99)])
    }

    @Test("of nothing there is no percentile, and not zero")
    func empty() {
        let times = ResponseTimes([])

        #expect(times.count == 0)
        #expect([times.p50, times.p90, times.p99] == [nil, nil, nil])
    }
}
