import Testing
import VigilCore
import VigilTesting

struct AbsenceDetectorTests {
    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules.removeAll { $0.id == "silence" }
        return EngineScript(SmallCommunity.registry(), rules)
    }

    @Test("nothing from somebody for twelve hours is a finding")
    func hit() {
        var script = script()
        script.say("motion1", "motion=true")
        script.say("motion2", "motion=true")
        let early = script.wait(.hours(12) - Milliseconds(1)).findings

        let due = script.wait(Milliseconds(1)).findings

        #expect(early.isEmpty)
        #expect(due.map(\.subject) == [.resident("r1"), .resident("r2")])
        #expect(due.map(\.kind) == ["absence", "absence"])
    }

    @Test("somebody who was never heard is missed as well")
    func neverHeard() {
        var script = script()

        let findings = script.wait(.hours(12)).findings

        #expect(findings.map(\.subject) == [.resident("r1"), .resident("r2")])
    }

    @Test("any activity begins anew", arguments: ["motion=true", "door_open=false", "button=true", "steps=12", "in_bed=true"])
    func activity(payload: String) {
        var script = script()
        script.say("motion1", "door_open=true")
        script.wait(.hours(11))
        script.say("motion1", payload)

        let findings = script.wait(.hours(11)).findings.filter { $0.subject == .resident("r1") }

        #expect(findings.isEmpty)
    }

    @Test(
        "what is no activity does not: a motion that ends, a repeated state, a temperature, a kept message",
        arguments: ["motion=false", "in_bed=true", "temperature_c=21", "battery_percent=50"])
    func noActivity(payload: String) {
        var script = script()
        script.say("motion1", "in_bed=true motion=true")
        script.wait(.hours(11))
        script.say("motion1", payload)
        script.say("motion1", "steps=99", retained: true)

        let findings = script.wait(.hours(1)).findings.filter { $0.subject == .resident("r1") }

        #expect(findings.count == 1)
    }

    @Test("a human visit begins anew")
    func checkIn() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.hours(11))
        let reply = script.act(.checkIn("r1", note: ""), by: "officer")

        let findings = script.wait(.hours(11)).findings.filter { $0.subject == .resident("r1") }

        #expect(reply == .done)
        #expect(findings.isEmpty)
    }

    /// Absence that listens to one kind of observation only.
    private func listening(to kind: String) -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules = [
            Rule(
                id: "absence", detector: "absence", severity: .yellow,
                settings: Setting(["after": "12h", "activity": .list([Setting(.text(kind))])]))
        ]
        return EngineScript(SmallCommunity.registry(), rules)
    }

    @Test("a human visit begins anew also where a rule names what it listens to; what it does not name is no activity")
    func checkInWithActivity() {
        var script = listening(to: "in_bed")
        script.say("motion1", "in_bed=true")
        script.say("motion2", "in_bed=true")
        script.wait(.hours(11))
        script.act(.checkIn("r1", note: ""), by: "officer")
        script.say("motion2", "motion=true")

        let findings = script.wait(.hours(11)).findings

        #expect(findings.map(\.subject) == [.resident("r2")])
    }

    @Test("a visit that a device in the flat reports begins anew where a rule names what it listens to")
    func visitWithActivity() {
        var script = listening(to: "in_bed")
        script.wait(.hours(11))
        script.say("motion1", "visit=true")

        let findings = script.wait(.hours(11)).findings

        #expect(findings.map(\.subject) == [.resident("r2")])
    }

    @Test("a sign of life ends the condition")
    func clears() {
        var script = script()
        script.wait(.hours(12))

        let findings = script.say("motion1", "motion=true").findings

        #expect(findings.map(\.change) == [.cleared])
    }

    @Test("silence is not judged while a source is deaf (architecture rule 7)")
    func deaf() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.hours(11))
        script.apply(.health(Health(.source("home"), .down)))

        let findings = script.wait(.hours(48)).findings.filter { $0.subject == .resident("r1") }

        #expect(findings.isEmpty)
    }

    @Test("what was counted before an outage stays counted, the outage does not count (architecture rule 7)")
    func outage() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.hours(11))
        script.apply(.health(Health(.source("home"), .down)))
        script.wait(.hours(5))
        script.apply(.health(Health(.source("home"), .up)))

        let early = script.wait(.hours(1) - Milliseconds(1)).findings.filter { $0.subject == .resident("r1") }
        let due = script.wait(.seconds(1)).findings.filter { $0.subject == .resident("r1") }

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("a restart keeps the silence it had counted and adds nothing for the gap (architecture rule 7)")
    func restart() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.hours(11))
        script.skip(.hours(24))
        script.apply(.started(Start(boot: "boot", gap: .hours(24), clock: EngineScript.clock)))
        for source in SmallCommunity.sources { script.apply(.health(Health(.source(source), .up))) }

        let early = script.wait(.minutes(59)).findings.filter { $0.subject == .resident("r1") }
        let due = script.wait(.minutes(1) + .seconds(1)).findings.filter { $0.subject == .resident("r1") }

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("after a source came back absence is judged only when it was heard for the grace (architecture rule 7)")
    func grace() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.hours(12) - .seconds(1))
        script.apply(.health(Health(.source("home"), .down)))
        script.wait(.minutes(10))
        script.apply(.health(Health(.source("home"), .up)))

        let early = script.wait(.seconds(59)).findings.filter { $0.subject == .resident("r1") }
        let due = script.wait(.seconds(1)).findings.filter { $0.subject == .resident("r1") }

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("a clock that steps changes nothing (alert-lifecycle, 7.5)", arguments: [-315_360_000_000, 315_360_000_000])
    func clock(step: Int64) {
        var steady = script()
        var stepped = script()
        steady.say("motion1", "motion=true")
        stepped.say("motion1", "motion=true")
        stepped.wait(.hours(3))
        stepped.apply(.clock(ClockReading(wallOffset: Milliseconds(step), isTrusted: false)))
        stepped.wait(.hours(20))
        steady.wait(.hours(23))

        #expect(stepped.findings == steady.findings)
    }

    @Test("a source that does not report is not heard: silence on it is not judged")
    func noReports() {
        var script = script()
        script.say("motion1", "motion=true")
        script.hearing = ["radio"]

        let findings = script.wait(.hours(13)).findings.filter { $0.subject == .resident("r1") }

        #expect(findings.isEmpty)
    }

    @Test("a report that lags a moment does not make the engine spin")
    func laggingReports() {
        var script = script()
        script.say("motion1", "motion=true")
        script.say("motion2", "motion=true")
        script.wait(.hours(12) - Milliseconds(2))
        script.hearing = []
        let before = script.inputs.count

        script.wait(.seconds(10))

        #expect(script.inputs.count - before < 30)
    }

    @Test("a resident who moves in later is missed after twelve hours, and not at once")
    func movesIn() {
        var script = script()
        script.wait(.hours(5))
        var registry = SmallCommunity.registry(version: 2)
        registry.residents.append(Resident(id: "r3", name: "Zhao", dwelling: "d2"))
        script.wait(.hours(24))
        script.apply(.registryChange(registry))

        let early = script.wait(.hours(12) - Milliseconds(1)).findings.filter { $0.subject == .resident("r3") }
        let due = script.wait(.seconds(2)).findings.filter { $0.subject == .resident("r3") }

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("a rule that is shortened is judged by what was counted, at once")
    func shortened() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.hours(5))
        var rules = script.engine.rules
        rules.version += 1
        rules.rules[4].settings = Setting(["after": "4h"])
        script.apply(.rulesChange(rules))

        let findings = script.wait(.seconds(2)).findings.filter { $0.subject == .resident("r1") }

        #expect(findings.map(\.change) == [.active])
    }

    @Test("a source that was removed from the rules makes nobody deaf for ever")
    func removedSource() {
        var script = script()
        script.say("radio/motion1", "motion=true", source: "radio")
        script.say("motion1", "motion=true")
        var rules = script.engine.rules
        rules.version += 1
        rules.routes.removeAll { $0.source == "radio" }
        script.apply(.rulesChange(rules))
        script.apply(.health(Health(.source("radio"), .down)))

        let findings = script.wait(.hours(13)).findings.filter { $0.kind == "absence" && $0.subject == .resident("r1") }

        #expect(findings.map(\.change) == [.active])
    }

    @Test("a source that is up and reports nothing costs a handful of calls, not one a second for each person")
    func stalledSource() {
        var script = script()
        script.say("motion1", "motion=true")
        script.wait(.seconds(7))
        script.say("motion2", "motion=true")
        script.wait(.hours(12) - .seconds(30))
        script.hearing = []
        let before = script.inputs.count

        script.wait(.minutes(5))
        let calls = script.inputs.count - before
        script.hearing = SmallCommunity.sources
        let findings = script.wait(.minutes(5)).findings

        #expect(calls < 15)
        #expect(findings.map(\.subject) == [.resident("r1"), .resident("r2")])
    }
}
