import Testing
import VigilCore
import VigilTesting

struct SmokeDetectorTests {
    @Test("smoke is red at once, and for the flat")
    func onset() {
        var script = EngineScript()

        let findings = script.say("smoke1", "smoke=true").findings

        #expect(findings.map(\.change) == [.active])
        #expect(findings.map(\.subject) == [.dwelling("d1")])
    }

    @Test("a state that a bridge repeats from its cache is no second event")
    func cached() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true battery_percent=80")

        let findings = script.say("smoke1", "smoke=true battery_percent=79").findings

        #expect(findings.isEmpty)
    }

    @Test("a sensor that was never in alarm and says so is nothing")
    func quiet() {
        var script = EngineScript()

        let findings = script.say("smoke1", "smoke=false").findings

        #expect(findings.isEmpty)
    }

    @Test("a retained alarm that is news raises once, marked found on connect (architecture rule 5)")
    func retained() {
        var script = EngineScript()

        let first = script.say("smoke1", "smoke=true", retained: true).findings
        let second = script.say("smoke1", "smoke=true", retained: true).findings

        #expect(first.map(\.evidence.isFoundOnConnect) == [true])
        #expect(second.isEmpty)
    }

    @Test("a retained alarm that was heard live before is no news (architecture rule 5)")
    func retainedKnown() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")

        let findings = script.say("smoke1", "smoke=true", retained: true).findings

        #expect(findings.isEmpty)
    }

    @Test("the condition ends when the last sensor of the flat is clear")
    func twoSensors() {
        var registry = SmallCommunity.registry()
        registry.devices.append(Device(id: "smoke3", address: TextDecoder.address("smoke3"), dwelling: "d1", liveness: .sleepySmoke))
        var script = EngineScript(registry)
        script.say("smoke1", "smoke=true")
        script.say("smoke3", "smoke=true")

        let first = script.say("smoke1", "smoke=false").findings
        let last = script.say("smoke3", "smoke=false").findings

        #expect(first.isEmpty)
        #expect(last.map(\.change) == [.cleared])
    }

    @Test("gas and smoke are two alerts")
    func gas() {
        var script = EngineScript()

        script.say("smoke1", "smoke=true gas=true")

        #expect(script.alerts.map(\.id) == ["smoke-d1-1", "gas-d1-1"])
    }

    @Test("an alarm of another flat is another alert")
    func flats() {
        var script = EngineScript()

        script.say("smoke1", "smoke=true")
        script.say("smoke2", "smoke=true")

        #expect(script.alerts.map(\.id) == ["smoke-d1-1", "smoke-d2-1"])
    }

    @Test("smoke of a device that stands nowhere still rings, for the device")
    func unbound() {
        var registry = SmallCommunity.registry()
        registry.devices.append(Device(id: "spare", address: TextDecoder.address("spare"), liveness: .sleepySmoke))
        var script = EngineScript(registry)

        script.say("spare", "smoke=true")

        #expect(script.alerts.map(\.id) == ["smoke-spare-1"])
    }
}
