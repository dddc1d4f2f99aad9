import Testing
import VigilCore
import VigilTesting

/// A bridge that says nothing is not gone: Zigbee2MQTT speaks of itself when it connects and every ten minutes, Tasmota every five.
///
/// Source: zigbee2mqtt.io, configuration, `health.interval` (10 minutes); tasmota.github.io, TelePeriod (300 s).
struct BridgeLivenessTests {
    /// A bridge, and everything of r1 but the button behind it.
    private func script(silentAfter limit: Milliseconds? = nil) -> EngineScript {
        var registry = SmallCommunity.registry()
        registry.devices = registry.devices.map { device in
            var device = device
            if device.liveness != .oneWay { device.via = "hub" }
            return device
        }
        registry.devices.append(Device(id: "hub", address: TextDecoder.address("hub"), liveness: .bridge, silentAfter: limit))
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { $0.id == "silence" }
        return EngineScript(registry, rules)
    }

    private func silent(_ findings: [Finding]) -> Bool {
        findings.contains { $0.subject == .device("hub") && $0.kind == "device_silent" && $0.change == .active }
    }

    private func state(_ id: DeviceID, _ script: EngineScript) -> DeviceCondition.State? {
        script.engine.deviceFacts.conditions.first { $0.device.id == id }?.state
    }

    @Test("a bridge with neither a will nor devices that speak is silent after two minutes")
    func mute() {
        var script = script()
        script.say("hub", "gateway_alive=true")

        #expect(silent(script.wait(.minutes(2)).findings))
    }

    @Test("a bridge whose broker would say if it were gone may be quiet for a day", arguments: [false, true])
    func will(isKept: Bool) {
        var script = script()
        script.say("hub", "bridge_availability=online", retained: isKept)

        let day = script.wait(.hours(25) - Milliseconds(1)).findings
        let late = script.wait(.minutes(1)).findings

        #expect(!silent(day))
        #expect(silent(late))
    }

    @Test("of a bridge that said that it is gone its silence is no further news, until it is back")
    func gone() {
        var script = script()
        script.say("hub", "bridge_availability=online")
        let gone = script.say("hub", "bridge_availability=offline").findings
        let silence = script.wait(.hours(30)).findings
        script.say("hub", "bridge_availability=online", retained: true)
        let later = script.wait(.hours(26)).findings

        #expect(gone.map(\.kind) == ["bridge_offline"])
        #expect(!silent(silence))
        #expect(silent(later))
    }

    @Test("a limit of its own goes before its will")
    func ownLimit() {
        var script = script(silentAfter: .minutes(12))
        script.say("hub", "bridge_availability=online")

        #expect(silent(script.wait(.minutes(12)).findings))
    }

    @Test("a bridge that is only quiet is heard, and stale only where it has no will")
    func shown() {
        var wills = script()
        wills.say("hub", "bridge_availability=online")
        wills.wait(.seconds(90))
        var beats = script()
        beats.say("hub", "gateway_alive=true")
        beats.wait(.seconds(90))

        #expect(state("hub", wills) == .heard)
        #expect(state("hub", beats) == .stale)
    }

    @Test("whoever is heard through a bridge shows that it lives")
    func throughIt() {
        var script = script()
        script.say("hub", "gateway_alive=true")

        var findings: [Finding] = []
        for _ in 0..<20 {
            findings += script.wait(.seconds(25)).findings
            findings += script.say("motion1", "motion=true").findings
        }

        #expect(!silent(findings))
        #expect(state("hub", script) == .heard)
        #expect(state("motion1", script) == .heard)
    }

    @Test("what a broker kept of a device shows nothing of the bridge")
    func kept() {
        var script = script()
        script.say("hub", "gateway_alive=true")
        script.wait(.seconds(100))
        script.say("motion1", "motion=true", retained: true)

        #expect(silent(script.wait(.seconds(20)).findings))
    }

    @Test("a silent bridge through which somebody is heard is silent no more")
    func back() {
        var script = script()
        script.say("hub", "gateway_alive=true")
        script.wait(.minutes(2))

        let findings = script.say("motion1", "motion=true").findings.filter { $0.subject == .device("hub") }

        #expect(findings.map(\.change) == [.cleared])
    }
}
