import Testing
import VigilCore
import VigilTesting

struct DeviceConditionTests {
    private func condition(_ id: DeviceID, _ script: EngineScript) -> DeviceCondition? {
        script.engine.deviceFacts.conditions.first { $0.device.id == id }
    }

    @Test("every registered device has a condition, in the registry's order; of one that never spoke that is said")
    func never() {
        let script = EngineScript()

        let facts = script.engine.deviceFacts

        #expect(facts.conditions.map(\.device) == SmallCommunity.registry().devices)
        #expect(facts.conditions.allSatisfy { $0.state == .neverHeard && $0.lastHeardAt == nil && $0.values.isEmpty })
    }

    @Test("a band that grows silent is stale before it is dead, and is heard again when it speaks")
    func silence() {
        var script = EngineScript()
        var states: [DeviceCondition.State?] = []
        script.say("band1", "worn=true")
        for length in [Milliseconds.minutes(15) - Milliseconds(1), Milliseconds(1), .minutes(45) - Milliseconds(1), Milliseconds(1)] {
            script.wait(length)
            states.append(condition("band1", script)?.state)
        }
        script.say("band1", "worn=true")
        states.append(condition("band1", script)?.state)

        #expect(states == [.heard, .stale, .stale, .dead, .heard])
    }

    @Test("a button that only speaks when it is pressed is never late")
    func oneWay() {
        var script = EngineScript()
        script.say("button1", "button=single")
        script.wait(.hours(500))

        #expect(condition("button1", script)?.state == .heard)
    }

    @Test("time in which nobody listened makes no device dead")
    func unheard() {
        var script = EngineScript()
        script.say("band1", "worn=true")
        script.hearing = []
        script.wait(.hours(3))

        #expect(condition("band1", script)?.state == .stale)
    }

    @Test("while no broker is connected nothing is said of devices")
    func deaf() {
        var script = EngineScript()
        script.say("band1", "worn=true")
        for source in SmallCommunity.sources { script.apply(.health(Health(.source(source), .down))) }
        script.wait(.hours(3))

        #expect(condition("band1", script)?.state == .suspended)
        #expect(condition("band1", script)?.suspension == .init(by: .source("home"), since: EngineScript.origin))
    }

    @Test("what is behind a bridge that is gone is suspended by it, and the bridge itself is dead")
    func bridge() {
        var registry = SmallCommunity.registry()
        registry.devices.append(Device(id: "gate", address: TextDecoder.address("gate"), dwelling: "d1", liveness: .bridge))
        registry.devices[4].via = "gate"
        var script = EngineScript(registry)
        script.say("gate", "bridge_availability=true")
        script.say("motion1", "motion=true")
        let before = [condition("gate", script)?.state, condition("motion1", script)?.state]
        script.say("gate", "bridge_availability=false")

        #expect(before == [.heard, .heard])
        #expect(condition("gate", script)?.state == .dead)
        #expect(condition("motion1", script)?.state == .suspended)
        #expect(condition("motion1", script)?.suspension == .init(by: .bridge("gate"), since: EngineScript.origin))
    }

    @Test("of two sources the one that is down suspends those that were heard by it, and nobody else, until it is back")
    func oneSource() {
        var script = EngineScript()
        script.say("radio/band1", "worn=true", source: "radio")
        script.say("motion1", "motion=true")
        script.wait(.minutes(2))
        script.apply(.health(Health(.source("radio"), .down)))
        script.hearing = ["home"]
        script.wait(.minutes(5))
        let during = ["band1", "motion1"].map { condition($0, script) }
        script.apply(.health(Health(.source("radio"), .up)))

        #expect(during.map(\.?.state) == [.suspended, .heard])
        #expect(during[0]?.suspension == .init(by: .source("radio"), since: EngineScript.origin + .minutes(2)))
        #expect(condition("band1", script)?.state == .heard)
    }

    @Test("a device's own limit goes before its class: it is stale after half of it")
    func ownLimit() {
        var registry = SmallCommunity.registry()
        registry.devices[1].silentAfter = .minutes(5)
        var script = EngineScript(registry)
        script.say("band1", "worn=true")
        script.wait(.seconds(150))

        #expect(condition("band1", script)?.state == .stale)
    }

    @Test("the last value of each kind is kept with its age, repeats renew it, and flags are what is bad")
    func values() {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=71 battery_percent=80")
        script.wait(.minutes(1))
        script.say("band1", "battery_percent=80 battery_low=true tamper=false")
        script.say("band1", "sos=true")

        let condition = condition("band1", script)

        #expect(condition?.batteryPercent == 80)
        #expect(condition?.value(.battery_percent)?.at == EngineScript.origin + .minutes(1))
        #expect(condition?.value(.heart_rate_bpm)?.at == EngineScript.origin)
        #expect(condition?.value(.sos)?.value == .bool(true))
        #expect(condition?.flags == [.battery_low])
    }

    @Test("a device that another one speaks for is heard through it")
    func spokenFor() {
        var script = EngineScript()
        script.say("band1", "motion@motion1=true")

        #expect(condition("motion1", script)?.lastHeardAt == EngineScript.origin)
        #expect(condition("motion1", script)?.state == .heard)
    }

    @Test("what a bridge says of a device's presence is not the device speaking")
    func availability() {
        var script = EngineScript()
        script.say("band1", "availability@motion1=true")

        #expect(condition("motion1", script)?.state == .neverHeard)
    }

    @Test("a device that its broker calls offline is stale at once")
    func offline() {
        var script = EngineScript()
        script.say("motion1", "motion=true")
        script.say("motion1", "availability=offline", retained: true)

        #expect(condition("motion1", script)?.state == .stale)
    }
}
