import Testing
import VigilCore
import VigilTesting

struct DeviceDetectorTests {
    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { $0.id == "silence" }
        return EngineScript(SmallCommunity.registry(), rules)
    }

    @Test("a band that was silent for an hour is a technical finding about the band")
    func hit() {
        var script = script()
        script.wait(.minutes(30))
        script.say("band1", "worn=true")
        let early = script.wait(.hours(1) - Milliseconds(1)).findings.filter { $0.subject == .device("band1") }

        let due = script.wait(Milliseconds(1)).findings.filter { $0.subject == .device("band1") }

        #expect(early.isEmpty)
        #expect(due.map(\.alertClass) == [.technical])
    }

    @Test("a device that only ever speaks when something happens is never silent")
    func oneWay() {
        var script = script()

        let findings = script.wait(.hours(200)).findings.filter { $0.subject == .device("button1") }

        #expect(findings.isEmpty)
    }

    @Test("a device's own limit goes before its class")
    func ownLimit() {
        var registry = SmallCommunity.registry()
        registry.devices[1].silentAfter = .minutes(5)
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { $0.id == "silence" }
        var script = EngineScript(registry, rules)

        let findings = script.wait(.minutes(5)).findings

        #expect(findings.map(\.subject) == [.device("band1")])
    }

    @Test("what a bridge kept, or says on the device's behalf, is not the device speaking")
    func notItself() {
        var script = script()
        script.wait(.minutes(50))
        script.say("band1", "worn=true", retained: true)
        script.say("band1", "availability=true")

        let findings = script.wait(.minutes(10)).findings.filter { $0.subject == .device("band1") }

        #expect(findings.count == 1)
    }

    @Test("a device that is heard again ends it")
    func clears() {
        var script = script()
        script.wait(.hours(1))

        let findings = script.say("band1", "worn=true").findings

        #expect(findings.map(\.change) == [.cleared])
    }

    @Test("a device whose source is down is not judged: the source is at fault (promises B17)")
    func sourceDown() {
        var script = script()
        script.say("band1", "worn=true")
        script.apply(.health(Health(.source("home"), .down)))

        let findings = script.wait(.hours(30)).findings.filter { $0.subject == .device("band1") }

        #expect(findings.isEmpty)
    }

    @Test("a device that is added later is silent after its limit, and not at once")
    func addedLater() {
        var script = script()
        script.wait(.hours(30))
        var registry = SmallCommunity.registry(version: 2)
        registry.devices.append(
            Device(id: "band9", address: TextDecoder.address("band9"), resident: "r1", liveness: .wearable))
        script.apply(.registryChange(registry))

        let early = script.wait(.hours(1) - Milliseconds(1)).findings.filter { $0.subject == .device("band9") }
        let due = script.wait(.seconds(2)).findings.filter { $0.subject == .device("band9") }

        #expect(early.isEmpty)
        #expect(due.map(\.change) == [.active])
    }

    @Test("a device that speaks in the moment in which it is registered is heard on its source")
    func sameMoment() {
        var script = script()
        script.say("band1", "worn=true")
        script.apply(.health(Health(.source("radio"), .down)))

        let findings = script.wait(.hours(2)).findings.filter { $0.subject == .device("band1") }

        #expect(findings.count == 1)
    }
}
