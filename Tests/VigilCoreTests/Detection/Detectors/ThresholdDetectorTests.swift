import Testing
import VigilCore
import VigilTesting

struct ThresholdDetectorTests {
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
}
