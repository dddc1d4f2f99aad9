import Testing

@testable import VigilCore

struct HearingTests {
    private let start = EngineTime(1_000_000)

    private func up(_ ids: SourceID...) -> Hearing {
        var hearing = Hearing()
        for id in ids { hearing.up(id, at: start) }
        return hearing
    }

    @Test("a source's clock runs as far as it reports, and no further")
    func clockRuns() {
        var hearing = up("a")

        hearing.heard("a", until: start + .seconds(5))

        #expect(hearing.clock(of: "a") == .seconds(5))
    }

    @Test("a source that is down hears nothing")
    func clockStands() {
        var hearing = up("a")
        hearing.heard("a", until: start + .seconds(5))
        hearing.down("a")

        hearing.heard("a", until: start + .hours(5))

        #expect(hearing.clock(of: "a") == .seconds(5))
    }

    @Test("an outage does not count, and what was counted before it stays")
    func outage() {
        var hearing = up("a")
        hearing.heard("a", until: start + .seconds(5))
        hearing.down("a")
        hearing.up("a", at: start + .hours(1))

        hearing.heard("a", until: start + .hours(1) + .seconds(2))

        #expect(hearing.clock(of: "a") == .seconds(7))
    }

    @Test("a report that is older than the last changes nothing")
    func oldReport() {
        var hearing = up("a")
        hearing.heard("a", until: start + .seconds(5))

        hearing.heard("a", until: start + .seconds(2))

        #expect(hearing.clock(of: "a") == .seconds(5))
    }

    @Test("a report of an unknown source changes nothing")
    func unknownSource() {
        var hearing = up("a")

        hearing.heard("b", until: start + .seconds(5))

        #expect(hearing.all == ["a"])
    }

    @Test("after it came back a source is settled only when it was heard for the grace")
    func grace() {
        var hearing = up("a")
        hearing.heard("a", until: start + .seconds(59))
        #expect(hearing.untilSettled("a") == .seconds(1))

        hearing.heard("a", until: start + .seconds(60))

        #expect(hearing.untilSettled("a") <= .zero)
    }

    @Test("after a restart every source is down")
    func restart() {
        var hearing = up("a", "b")

        hearing.downAll()

        #expect(!hearing.isUp("a") && !hearing.isUp("b"))
    }
}
