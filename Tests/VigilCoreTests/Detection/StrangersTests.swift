import Testing
import VigilCore
import VigilTesting

/// Devices that nobody registered, and those that others speak for.
struct StrangersTests {
    @Test("what a stranger says of a registered device counts: a gateway need not be registered for its sensors to be heard")
    func speaksForOthers() {
        var script = EngineScript()

        let effects = script.say("gateway", "sos@button1=true")

        #expect(effects.findings.map(\.kind) == ["sos"])
        #expect(effects.contains { $0 == .unclaimed(TextDecoder.address("gateway"), speaksForOthers: true) })
    }

    @Test("what a stranger says of itself or of another stranger raises nothing, and both are offered")
    func speaksForItself() {
        var script = EngineScript()

        let effects = script.say("gateway", "sos=true sos@pendant=true")

        #expect(effects == ["gateway", "pendant"].map { .unclaimed(TextDecoder.address($0)) })
    }

    @Test(
        "what only a gateway tells of itself marks one, and a beat of its own does not",
        arguments: [
            ("bridge_availability=online", true), ("gateway_alive!=true", true), ("device_alive!=true", false),
            ("device_alive!=true motion=true", false),
        ])
    func gateway(word: String, isGateway: Bool) {
        var script = EngineScript()

        let effects = script.say("gateway", word)

        #expect(effects == [.unclaimed(TextDecoder.address("gateway"), speaksForOthers: isGateway)])
    }

    @Test(
        "that it lives makes a gateway nobody's device; what it measures itself does",
        arguments: [("device_alive!=true", true), ("temperature_c=20", false)])
    func ownWord(word: String, speaksForOthers: Bool) {
        var script = EngineScript()

        let effects = script.say("gateway", "\(word) motion@pendant=true")

        #expect(effects.contains(.unclaimed(TextDecoder.address("gateway"), speaksForOthers: speaksForOthers)))
    }

    @Test("what cannot be understood of a stranger is nobody's fault")
    func gibberish() {
        var script = EngineScript()

        let effects = script.say("gateway", "?")

        #expect(effects == [.unclaimed(TextDecoder.address("gateway"))])
    }

    @Test("what is not understood of a registered device is noted for it, whoever speaks of it")
    func faultOfARegistered() {
        var script = EngineScript()

        let effects = script.say("gateway", "nonsense@button1")

        #expect(effects.contains(.fault(TextDecoder.address("button1"), "cannot read \"nonsense\"")))
    }

    @Test("what is not understood of a stranger is noted for nobody")
    func faultOfAStranger() {
        var script = EngineScript()

        #expect(script.say("gateway", "nonsense@pendant nonsense") == [.unclaimed(TextDecoder.address("gateway"))])
    }

    @Test("what a stranger says that nobody understands is noted for the registered device that its topic names")
    func gibberishOnATopic() {
        var script = EngineScript()
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/gateway/button1"), payload: Array("?".utf8))

        let effects = script.apply(.frame(frame))

        #expect(effects.contains(.undecodable(TextDecoder.address("button1"), DecodeFailure(.malformed, "begins with ?"))))
    }

    @Test("a registered gateway's fault is noted for the device that it speaks of, and for itself where that one is a stranger")
    func faultBehindAGateway() {
        var script = EngineScript()

        let known = script.say("smoke1", "nonsense@button1")
        let stranger = script.say("smoke1", "nonsense@pendant")

        #expect(known.contains(.fault(TextDecoder.address("button1"), "cannot read \"nonsense\"")))
        #expect(stranger.contains(.fault(TextDecoder.address("smoke1"), "cannot read \"nonsense\"")))
    }

    @Test("a device of which only another one speaks is offered")
    func isSpokenOf() {
        var script = EngineScript()

        let effects = script.say("button1", "motion@pendant=true")

        #expect(effects.contains(.unclaimed(TextDecoder.address("pendant"))))
    }

    @Test("a level that a stranger repeats is news once")
    func repeatedLevel() {
        var script = EngineScript()
        script.say("gateway", "smoke@smoke1=true")

        let again = script.say("gateway", "smoke@smoke1=true")

        #expect(again.findings.isEmpty)
    }

    @Test("a frame that the gateway recognised as a copy says nothing of others either")
    func copy() {
        var script = EngineScript()
        let frame = Frame(
            source: "home", origin: .mqtt(topic: "text/gateway"), payload: Array("sos@button1=true".utf8), isDuplicate: true)

        #expect(script.apply(.frame(frame)).findings.isEmpty)
    }
}
