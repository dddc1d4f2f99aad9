import Testing
import VigilTesting

@testable import VigilCore

/// What a device itself calls an alarm, by the rules that are built in for it.
struct OwnAlarmTests {
    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        func rule(_ id: RuleID, _ detector: String, _ severity: Severity, _ kind: String) -> Rule {
            Rule(id: id, detector: detector, severity: severity, settings: Setting(["observations": .list([.init(.text(kind))])]))
        }
        rules.rules += [
            rule("water-leak", "smoke", .yellow, "water_leak"), rule("apnea", "sos", .red, "apnea_alarm"),
            rule("left-bed", "sos", .yellow, "left_bed_alarm"),
        ]
        return EngineScript(SmallCommunity.registry(), rules)
    }

    @Test("water on a floor is an alert about the flat until it is dry, and no fire")
    func leak() {
        var script = script()

        script.say("smoke1", "water_leak=true")
        #expect(script.alerts.map(\.key) == [AlertKey(kind: "water_leak", subject: .dwelling("d1"))])
        #expect(script.alerts.map(\.severity) == [.yellow])

        script.say("smoke1", "water_leak=false")
        #expect(script.alerts.map(\.condition) == [.cleared])
        #expect(script.findings.map(\.evidence.sentence.english) == ["the leak sensor is wet", "the leak sensor is dry again"])
    }

    @Test(
        "what a mattress calls out is an alert of its own name about whoever lies there",
        arguments: [("apnea_alarm", Severity.red), ("left_bed_alarm", .yellow)])
    func mattress(kind: String, severity: Severity) {
        var script = script()

        script.say("motion1", "\(kind)=true")

        #expect(script.alerts.map(\.key) == [AlertKey(kind: AlertKind(kind), subject: .resident("r1"))])
        #expect(script.alerts.map(\.severity) == [severity])
    }

    @Test("a rule looks at what it names and at nothing else; without a name at what it always did")
    func choice() {
        func raises(_ detector: String, _ observations: [String]) -> [AlertKind] {
            let settings = Setting(["observations": .list(observations.map { .init(.text($0)) })])
            return DetectorRegistry.raises(Rule(id: "x", detector: detector, severity: .red, settings: settings))
        }

        #expect(raises("smoke", ["water_leak"]) == ["water_leak"])
        #expect(raises("sos", ["left_bed_alarm"]) == ["left_bed_alarm"])
        #expect(raises("sos", ["sos", "apnea_alarm"]) == ["sos", "apnea_alarm"])
        #expect(DetectorRegistry.raises(Rule(id: "x", detector: "smoke", severity: .red)) == ["smoke", "gas"])
        #expect(DetectorRegistry.raises(Rule(id: "x", detector: "sos", severity: .red)) == ["sos"])
    }

    @Test("what a detector does not look at is refused with what it does")
    func refused() {
        let settings = Setting(["observations": .list([.init(.text("water_leek")), .init(.text("smoke"))])])
        let faults = FaultList()

        DetectorRegistry.validate(
            Rule(id: "x", detector: "smoke", severity: .red, settings: settings), path: "rules[0]", faults: faults)

        #expect(faults.errors.count == 1)
        #expect(
            faults.errors.first?.message.hasPrefix(
                #""water_leek" is nothing that this detector looks at; did you mean "water_leak"?"#) == true)
    }
}
