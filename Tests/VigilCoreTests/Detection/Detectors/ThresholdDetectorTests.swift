import Testing
import VigilCore
import VigilTesting

struct ThresholdDetectorTests {
    @Test("what is measured is said in words, with its unit and the limit")
    func words() {
        var script = EngineScript(SmallCommunity.registry(), SmallCommunity.rules())
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))

        let sentence = script.alert("heart_rate_bpm-r1-1")?.evidence.first?.sentence

        #expect(sentence?.english == "heart rate 130 bpm (limit > 120 for 1m)")
        #expect(sentence?.chinese == "心率 130 次/分(界限 > 120,持续 1m)")
    }

    @Test("a pulse above the limit for a minute is a finding")
    func hit() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        let early = script.wait(Milliseconds(59_999)).findings

        let due = script.wait(Milliseconds(1)).findings

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
        #expect(due.map(\.kind) == ["heart_rate_bpm"])
    }

    @Test("a pulse that comes down before the minute is over is none")
    func nearMiss() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.seconds(59))
        script.say("band1", "heart_rate_bpm=109")

        let findings = script.wait(.minutes(10)).findings

        #expect(findings.isEmpty)
    }

    @Test("between set and clear point the time does not run")
    func between() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.seconds(59))
        script.say("band1", "heart_rate_bpm=115")
        script.wait(.seconds(30))
        script.say("band1", "heart_rate_bpm=130")

        let early = script.wait(.seconds(59)).findings
        let due = script.wait(.seconds(1)).findings

        #expect(early.isEmpty)
        #expect(due.count == 1)
    }

    @Test("the limit itself is not beyond it")
    func exactly() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=120")

        let findings = script.wait(.minutes(10)).findings

        #expect(findings.isEmpty)
    }

    @Test("it ends at the clear point and not before, so that it does not flap (promises C5)")
    func hysteresis() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))

        let between = script.say("band1", "heart_rate_bpm=115").findings
        let clear = script.say("band1", "heart_rate_bpm=110").findings

        #expect(between.isEmpty)
        #expect(clear.map(\.change) == [.cleared])
    }

    @Test("repeated values keep the time running")
    func repeats() {
        var script = EngineScript()
        for _ in 0..<6 {
            script.say("band1", "heart_rate_bpm=130")
            script.wait(.seconds(10))
        }

        #expect(script.findings.map(\.change) == [.active])
    }

    @Test("a lower limit works the same way")
    func below() {
        var rules = SmallCommunity.rules()
        rules.rules = [
            Rule(
                id: "slow", detector: "threshold", severity: .red,
                settings: Setting([
                    "observation": "heart_rate_bpm", "below": .number(40), "clear_above": .number(45), "kind": "slow_pulse",
                ]))
        ]
        var script = EngineScript(SmallCommunity.registry(), rules)

        let changes = [40, 39, 44, 45].map { script.say("band1", "heart_rate_bpm=\($0)").findings.map(\.change) }

        #expect(changes == [[], [.active], [], [.cleared]])
        #expect(script.findings.first?.kind == "slow_pulse")
    }

    @Test("a word where a number belongs is no value")
    func word() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=high")

        let findings = script.wait(.minutes(2)).findings

        #expect(findings.isEmpty)
    }

    @Test(
        "settings that cannot be meant are refused",
        arguments: [
            Setting([:]), Setting(["observation": "heart_rate_bpm"]),
            Setting(["observation": "heart_rate_bpm", "above": .number(100), "clear_below": .number(110)]),
            Setting(["observation": "heart_rate_bpm", "below": .number(40), "clear_above": .number(30)]),
            Setting(["observation": "pulse", "above": .number(100)]),
            Setting(["observation": "smoke", "above": .number(1)]),
            Setting(["observation": "heart_rate_bpm", "above": .number(100), "kind": "a b/c"]),
            Setting(["observation": "heart_rate_bpm", "above": .number(100), "for": "9223372036854775807d"]),
            Setting(["observation": "heart_rate_bpm", "above": .number(100), "fro": "10s"]),
        ])
    func refused(settings: Setting) {
        let faults = FaultList()

        DetectorRegistry.validate(
            Rule(id: "x", detector: "threshold", severity: .yellow, settings: settings), path: "rules[0]", faults: faults)

        #expect(!faults.errors.isEmpty)
    }

    @Test("a band that goes to somebody else takes its readings along: the condition is unknown, and what was counted is forgotten")
    func moved() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=150")
        script.wait(.seconds(60))
        script.say("band2", "heart_rate_bpm=150")
        var registry = SmallCommunity.registry(version: 2)
        registry.devices = registry.devices.map { device in
            var device = device
            if device.id == "band1" { device.resident = "r2" }
            if device.id == "band2" { device.resident = "r1" }
            return device
        }

        script.apply(.registryChange(registry))
        script.wait(.seconds(90))

        #expect(script.alert("heart_rate_bpm-r1-1")?.condition == .unknown)
        #expect(script.alert("heart_rate_bpm-r2-1") == nil)
    }

    // MARK: What nobody heard

    /// The radio is down for ten minutes, beginning half a minute after a racing heart was heard there.
    private func outage() -> EngineScript {
        var script = EngineScript()
        script.wait(.minutes(3))
        script.say("radio/band1", "heart_rate_bpm=130", source: "radio")
        script.wait(.seconds(30))
        script.apply(.health(Health(.source("radio"), .down)))
        return script
    }

    @Test("an outage in the middle does not count: what was heard before and after it does")
    func outageCountsNot() {
        var script = outage()
        let meanwhile = script.wait(.minutes(10)).findings
        script.apply(.health(Health(.source("radio"), .up)))

        let early = script.wait(Milliseconds(29_999)).findings
        let due = script.wait(Milliseconds(1)).findings

        #expect(!meanwhile.contains { $0.kind == "heart_rate_bpm" })
        #expect(!early.contains { $0.kind == "heart_rate_bpm" })
        #expect(due.map(\.change) == [.active])
    }

    @Test("a pulse that is down again in what is heard after an outage is none")
    func calmAfterOutage() {
        var script = outage()
        script.wait(.minutes(10))
        script.apply(.health(Health(.source("radio"), .up)))
        script.say("radio/band1", "heart_rate_bpm=90", source: "radio")

        let findings = script.wait(.minutes(10)).findings

        #expect(!findings.contains { $0.kind == "heart_rate_bpm" })
    }

    @Test("a value that is heard again after an outage does not make up for it")
    func readingAfterOutage() {
        var script = outage()
        script.wait(.minutes(10))
        script.apply(.health(Health(.source("radio"), .up)))

        let again = script.say("radio/band1", "heart_rate_bpm=130", source: "radio").findings
        let early = script.wait(Milliseconds(29_999)).findings
        let due = script.wait(Milliseconds(1)).findings

        #expect(again.isEmpty)
        #expect(!early.contains { $0.kind == "heart_rate_bpm" })
        #expect(due.map(\.change) == [.active])
    }

    @Test("an outage of another source changes nothing")
    func otherSource() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.apply(.health(Health(.source("radio"), .down)))

        let due = script.wait(.minutes(1)).findings

        #expect(due.filter { $0.kind == "heart_rate_bpm" }.map(\.change) == [.active])
    }

    /// A restart half a minute after a racing heart was heard; the sources are back two seconds after it.
    private func restart(afterHearing: Bool) -> EngineScript {
        var script = EngineScript()
        script.wait(.minutes(3))
        script.say("band1", "heart_rate_bpm=130")
        if afterHearing { script.wait(.seconds(30)) } else { script.skip(.seconds(30)) }
        script.skip(.hours(2))
        script.apply(.started(Start(boot: "boot", gap: .hours(2), clock: EngineScript.clock)))
        script.skip(.seconds(2))
        for source in SmallCommunity.sources { script.apply(.health(Health(.source(source), .up))) }
        return script
    }

    @Test("a restart in the middle does not count, and keeps what was heard before it")
    func restartCountsNot() {
        var script = restart(afterHearing: true)
        let atOnce = script.findings

        let early = script.wait(Milliseconds(29_999)).findings
        let due = script.wait(Milliseconds(1)).findings

        #expect(atOnce.isEmpty)
        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("what a crash kept from being reported as heard is not counted, and nothing from before the value came is")
    func crash() {
        var script = restart(afterHearing: false)

        let early = script.wait(Milliseconds(59_999)).findings
        let due = script.wait(Milliseconds(1)).findings

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("a value that comes over another source goes on counting there")
    func sourceChanges() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.seconds(30))
        script.say("radio/band1", "heart_rate_bpm=131", source: "radio")
        script.apply(.health(Health(.source("home"), .down)))

        let due = script.wait(.seconds(30)).findings

        #expect(due.filter { $0.kind == "heart_rate_bpm" }.map(\.change) == [.active])
    }
}
