import Testing
import VigilCore
import VigilTesting

/// Buttons whose system only tells that they were pressed.
struct ButtonMeaningTests {
    private func script(_ meaning: ObservationKind?) -> EngineScript {
        var registry = SmallCommunity.registry()
        registry.devices.append(
            Device(id: "knob", address: TextDecoder.address("knob"), dwelling: "d1", resident: "r1", liveness: .oneWay, button: meaning)
        )
        return EngineScript(registry)
    }

    @Test(
        "a press of a button that stands for a call for help rings, however it was pressed", arguments: ["single", "long", "2_double"])
    func sos(press: String) {
        var script = script(.sos)

        let findings = script.say("knob", "button=\(press)").findings

        #expect(findings.map(\.kind) == ["sos"])
        #expect(findings.map(\.subject) == [.resident("r1")])
    }

    @Test("every press rings, also after the first was accepted")
    func again() {
        var script = script(.sos)
        script.say("knob", "button=single")
        script.wait(.minutes(1))

        let findings = script.say("knob", "button=single").findings

        #expect(findings.map(\.change) == [.occurred])
    }

    @Test("what is let go was pressed before", arguments: ["release", "long_release", "1_release"])
    func release(press: String) {
        var script = script(.sos)

        #expect(script.say("knob", "button=\(press)").findings.isEmpty)
    }

    @Test("a press of any other button is a press and calls nobody")
    func plain() {
        var script = script(nil)

        #expect(script.say("knob", "button=single").findings.isEmpty)
    }

    @Test("a button that stands for a visit records one")
    func visit() {
        var script = script(.visit)

        let effects = script.say("knob", "button=single")

        #expect(effects.visits.map(\.resident) == ["r1"])
    }

    @Test("what a broker kept of a press calls nobody")
    func retained() {
        var script = script(.sos)

        #expect(script.say("knob", "button=single", retained: true).findings.isEmpty)
    }
}
