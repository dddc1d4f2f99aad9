import Testing
import VigilCore
import VigilNotify

@testable import VigilDaemon

struct HeartbeatPlanTests {
    private let well = HeartbeatVerdict()
    private let failing = HeartbeatVerdict(reasons: ["stalled"])

    private func at(_ seconds: Int64) -> BootTime { BootTime(seconds * 1000) }

    @Test("the first word is due at once, the next when its time has come")
    func every() {
        var plan = HeartbeatPlan(every: .seconds(60))
        #expect(plan.isDue(well, at: at(0)))

        _ = plan.told(well, at: at(0), failing: nil)

        #expect(!plan.isDue(well, at: at(59)))
        #expect(plan.isDue(well, at: at(60)))
    }

    @Test("what has changed is due at once, for the better as for the worse")
    func change() {
        var plan = HeartbeatPlan(every: .seconds(60))
        _ = plan.told(well, at: at(0), failing: nil)
        #expect(plan.isDue(failing, at: at(1)))

        _ = plan.told(failing, at: at(1), failing: nil)

        #expect(!plan.isDue(failing, at: at(2)))
        #expect(plan.isDue(HeartbeatVerdict(reasons: ["stalled", "not_recording"]), at: at(2)))
        #expect(plan.isDue(well, at: at(2)))
    }

    @Test("what was not told is tried again sooner, and told to the log once for each change")
    func lost() {
        var plan = HeartbeatPlan(every: .seconds(60))

        let news = [
            plan.told(well, at: at(0), failing: "no connection"), plan.told(well, at: at(15), failing: "timeout"),
            plan.told(well, at: at(30), failing: nil), plan.told(well, at: at(90), failing: nil),
            plan.told(well, at: at(150), failing: "no connection"),
        ]

        #expect(news == [.lost("no connection"), nil, .found, nil, .lost("no connection")])
        #expect(!plan.isDue(well, at: at(164)))
        #expect(plan.isDue(well, at: at(165)))
    }
}

struct StallWatchTests {
    private func at(_ seconds: Int64) -> BootTime { BootTime(seconds * 1000) }

    @Test("a gateway that does not answer within half a minute is stalled, and one that answers late is not any more")
    func stalled() {
        var watch = StallWatch()
        let asks = watch.asks(at: at(0))
        #expect(asks)
        #expect(!watch.isStalled(at: at(29)))
        #expect(watch.isStalled(at: at(30)))

        watch.answered()

        #expect(!watch.isStalled(at: at(31)))
    }

    @Test("it is asked every ten seconds, and never while it has not answered")
    func pace() {
        var watch = StallWatch()
        let unanswered = [watch.asks(at: at(0)), watch.asks(at: at(20))]

        watch.answered()

        let answered = [watch.asks(at: at(9)), watch.asks(at: at(10))]
        #expect(unanswered == [true, false])
        #expect(answered == [false, true])
        #expect(!watch.isStalled(at: at(31)))
    }
}
