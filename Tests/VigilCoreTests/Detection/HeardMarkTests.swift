import Testing

@testable import VigilCore

struct HeardMarkTests {
    private let start = EngineTime(1_000_000)

    private func up() -> Hearing {
        var hearing = Hearing()
        hearing.up("a", at: start)
        return hearing
    }

    @Test("time counts as far as the source reports, and as far as something was just heard from it")
    func counts() {
        var hearing = up()
        let mark = hearing.mark("a", at: start + .seconds(5))
        hearing.heard("a", until: start + .seconds(12))

        #expect(hearing.heard(since: mark) == .seconds(7))
        #expect(hearing.heard(since: mark, until: start + .seconds(20)) == .seconds(15))
    }

    @Test("a report from before the mark counts nothing")
    func early() {
        var hearing = up()
        let mark = hearing.mark("a", at: start + .seconds(5))
        hearing.heard("a", until: start + .seconds(4))

        #expect(hearing.heard(since: mark) == .zero)
    }

    @Test(
        "an outage counts nothing, and of the time before it what was reported",
        arguments: [(reported: 30, counted: 30), (reported: 5, counted: 5), (reported: 0, counted: 0), (reported: -40, counted: 0)])
    func outage(reported: Int64, counted: Int64) {
        var hearing = up()
        hearing.heard("a", until: start + .seconds(10))
        let mark = hearing.mark("a", at: start + .seconds(60))
        hearing.heard("a", until: start + .seconds(60 + reported))
        hearing.down("a")
        let meanwhile = hearing.heard(since: mark, until: start + .hours(1))
        hearing.up("a", at: start + .hours(2))
        hearing.heard("a", until: start + .hours(2) + .seconds(7))

        #expect(meanwhile == .seconds(counted))
        #expect(hearing.heard(since: mark) == .seconds(counted + 7))
        #expect(hearing.heard(since: mark, until: start + .hours(2) + .seconds(9)) == .seconds(counted + 9))
    }

    @Test("a second outage counts nothing either")
    func twice() {
        var hearing = up()
        let mark = hearing.mark("a", at: start)
        for hour: Int64 in 1...3 {
            hearing.heard("a", until: start + .hours(hour - 1) + .seconds(10))
            hearing.down("a")
            hearing.up("a", at: start + .hours(hour))
        }

        #expect(hearing.heard(since: mark) == .seconds(30))
    }

    @Test("what is said while the source counts as down counts from when it is up")
    func down() {
        var hearing = Hearing()
        let mark = hearing.mark("a", at: start)
        let before = hearing.heard(since: mark, until: start + .seconds(50))
        hearing.up("a", at: start + .seconds(60))
        hearing.heard("a", until: start + .seconds(63))

        #expect(before == .zero)
        #expect(hearing.heard(since: mark) == .seconds(3))
    }
}
