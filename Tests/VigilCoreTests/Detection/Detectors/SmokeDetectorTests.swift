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

    /// The registry after its kitchen sensor of flat d1 moved to d2, or was taken out.
    private func changed(isMoved: Bool) -> Registry {
        var registry = SmallCommunity.registry(version: 2)
        if isMoved {
            registry.devices = registry.devices.map { device in
                var device = device
                if device.id == "smoke1" { device.dwelling = "d2" }
                return device
            }
        } else {
            registry.devices.removeAll { $0.id == "smoke1" }
        }
        return registry
    }

    @Test("a sensor that moved or was removed leaves the fire in its old flat unknown, not cleared", arguments: [true, false])
    func leaves(isMoved: Bool) {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")

        script.apply(.registryChange(changed(isMoved: isMoved)))

        #expect(script.alert("smoke-d1-1")?.condition == .unknown)
        #expect(script.alert("smoke-d1-1")?.isOpen == true)
    }

    @Test("a sensor that moved while in alarm can alarm in its new flat")
    func moved() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        script.apply(.registryChange(changed(isMoved: true)))

        script.say("smoke1", "smoke=true")
        script.say("smoke1", "smoke=false")

        #expect(script.alert("smoke-d2-1")?.condition == .cleared)
        #expect(script.alert("smoke-d1-1")?.condition == .unknown)
    }

    @Test("a flat with a second sensor in alarm goes on burning when the first one leaves")
    func otherSensor() {
        var registry = SmallCommunity.registry()
        registry.devices = registry.devices.map { device in
            var device = device
            if device.id == "motion1" { device.dwelling = "d1" }
            return device
        }
        var script = EngineScript(registry)
        script.say("smoke1", "smoke=true")
        script.say("motion1", "smoke=true")

        script.apply(.registryChange(changed(isMoved: true)))

        #expect(script.alert("smoke-d1-1")?.condition == .active)
    }
}
