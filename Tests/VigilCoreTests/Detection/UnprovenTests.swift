import Testing
import VigilCore
import VigilTesting

/// What anybody in the street may have sent raises, and ends nothing.
struct UnprovenTests {
    @Test("smoke rings by the word of a device that proves nothing")
    func raises() {
        var script = EngineScript()

        let findings = script.say("smoke1", "unproven smoke=true").findings

        #expect(findings.map(\.change) == [.active])
        #expect(script.alerts.map(\.state) == [.raised])
    }

    @Test("that the smoke is gone is unknown by its word, and the alert stays open", arguments: ["", "unproven "])
    func clearsNothing(onset: String) throws {
        var script = EngineScript()
        script.say("smoke1", "\(onset)smoke=true")

        let findings = script.say("smoke1", "unproven smoke=false").findings
        script.wait(.hours(24))

        #expect(findings.map(\.change) == [.unknown])
        let alert = try #require(script.alerts.first)
        #expect(alert.isOpen)
        #expect(alert.condition == .unknown)
    }

    @Test("what proves who sent it ends it after all")
    func provenEnd() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")

        let findings = script.say("smoke1", "smoke=false").findings

        #expect(findings.map(\.change) == [.cleared])
    }

    @Test("smoke that comes again after an unproven end rings again")
    func again() {
        var script = EngineScript()
        script.say("smoke1", "unproven smoke=true")
        script.say("smoke1", "unproven smoke=false")
        script.wait(.minutes(20))

        let findings = script.say("smoke1", "unproven smoke=true").findings

        #expect(findings.map(\.change) == [.active])
        #expect(script.alerts.first?.condition == .active)
    }

    @Test("nobody waits for a cancel that could not be believed: the fall rings at once")
    func noWindow() {
        var script = EngineScript(Self.registryWithCancel)

        let findings = script.say("band1", "unproven fall=true").findings

        #expect(findings.map(\.cancelWindow) == [.zero])
        #expect(script.alerts.map(\.state) == [.raised])
    }

    @Test("an unproven cancel takes no fall back")
    func cancelsNothing() {
        var script = EngineScript(Self.registryWithCancel)
        script.say("band1", "fall=true")

        let findings = script.say("band1", "unproven cancel=true").findings
        script.wait(.minutes(1))

        #expect(findings.isEmpty)
        #expect(script.alerts.map(\.state) == [.raised])
    }

    @Test("what a stranger relays without proof ends nothing of a registered device")
    func relayed() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")

        let findings = script.say("gateway", "unproven smoke@smoke1=false").findings

        #expect(findings.map(\.change) == [.unknown])
    }

    @Test("that a silent device is heard again ends the technical alert of its silence: more was never claimed")
    func technical() {
        var script = EngineScript()
        script.say("smoke1", "unproven battery_low=true")

        let findings = script.say("smoke1", "unproven battery_low=false").findings

        #expect(findings.map(\.change) == [.cleared])
    }

    private static var registryWithCancel: Registry {
        var registry = SmallCommunity.registry()
        for index in registry.devices.indices { registry.devices[index].canCancel = true }
        return registry
    }
}
