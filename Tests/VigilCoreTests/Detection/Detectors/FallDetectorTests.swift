import Testing
import VigilCore
import VigilTesting

struct FallDetectorTests {
    @Test("a band's verdict is a fall of its wearer")
    func verdict() {
        var script = EngineScript()

        let findings = script.say("band1", "fall=true").findings

        #expect(findings.map(\.kind) == ["fall"])
        #expect(findings.map(\.subject) == [.resident("r1")])
    }

    @Test("a suspicion is none, unless the rule counts it")
    func suspicion() {
        var strict = EngineScript()
        var rules = SmallCommunity.rules()
        rules.rules[2].settings = Setting(["suspected": .bool(true)])
        var eager = EngineScript(SmallCommunity.registry(), rules)

        #expect(strict.say("band1", "fall_suspected=true").findings.isEmpty)
        #expect(eager.say("band1", "fall_suspected=true").findings.map(\.kind) == ["fall"])
    }

    @Test("a verdict of no fall is none")
    func noFall() {
        var script = EngineScript()

        let findings = script.say("band1", "fall=false").findings

        #expect(findings.isEmpty)
    }

    @Test("a retained verdict is none (architecture rule 5)")
    func retained() {
        var script = EngineScript()

        let findings = script.say("band1", "fall=true", retained: true).findings

        #expect(findings.isEmpty)
    }

    @Test("a band and a radar that see one fall make one alert with two pieces of evidence (alert-lifecycle, 2)")
    func twoDevices() {
        var script = EngineScript()

        script.say("band1", "fall=true")
        script.say("motion1", "fall=true")

        #expect(script.alerts.map(\.id) == ["fall-r1-1"])
        #expect(script.alerts.first?.evidence.map(\.device) == ["band1", "motion1"])
    }
}
