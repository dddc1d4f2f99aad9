import Testing
import VigilCore
import VigilTesting

struct SOSDetectorTests {
    @Test("a press is a call for help of who wears the button")
    func press() {
        var script = EngineScript()

        let findings = script.say("button1", "sos=true").findings

        #expect(findings.map(\.change) == [.occurred])
        #expect(findings.map(\.subject) == [.resident("r1")])
        #expect(findings.map(\.severity) == [.red])
    }

    @Test("an alarm that nobody can name rings like a press: somebody looks")
    func unspecified() {
        var script = EngineScript()

        let findings = (0..<2).flatMap { _ in script.say("button1", "alarm_unspecified=true").findings }

        #expect(findings.map(\.kind) == ["sos", "sos"])
        #expect(findings.first?.evidence.sentence.english == "the device raised an alarm and did not say why")
        #expect(script.say("button1", "alarm_unspecified=false").findings.isEmpty)
    }

    @Test("every press rings")
    func presses() {
        var script = EngineScript()

        let findings = (0..<3).flatMap { _ in script.say("button1", "sos=true").findings }

        #expect(findings.count == 3)
    }

    @Test("a retained press is none (architecture rule 5)")
    func retained() {
        var script = EngineScript()

        let findings = script.say("button1", "sos=true", retained: true).findings

        #expect(findings.isEmpty)
    }

    @Test("a press that the sender's own sequence knows already is none, and is receipted again (architecture rule 4)")
    func repeated() {
        var script = EngineScript()
        script.say("button1", "#7 sos=true")

        let effects = script.say("button1", "#7 sos=true")

        #expect(effects.findings.isEmpty)
        #expect(effects.map(\.name) == ["receipt"])
    }

    @Test("a press that the gateway recognised as a duplicate is none")
    func duplicate() {
        var script = EngineScript()
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/button1"), payload: Array("sos=true".utf8), isDuplicate: true)

        let effects = script.apply(.frame(frame))

        #expect(effects.findings.isEmpty)
    }

    @Test("the same press on two topics within a second is one, on one topic two (architecture rule 4)")
    func topics() {
        var script = EngineScript()
        let first = script.say("text/button1", "sos=true").findings.count
        let twin = script.say("text/button1/action", "sos=true").findings.count
        let second = script.say("text/button1", "sos=true").findings.count

        #expect([first, twin, second] == [1, 0, 1])
    }

    @Test("a press of a device that belongs to nobody still rings, for the device")
    func unbound() {
        var registry = SmallCommunity.registry()
        registry.devices.append(Device(id: "spare", address: TextDecoder.address("spare"), liveness: .oneWay))
        var script = EngineScript(registry)

        script.say("spare", "sos=true")

        #expect(script.alerts.map(\.id) == ["sos-spare-1"])
        #expect(script.effects.told == ["officer/push", "second/push"])
    }

    @Test("a press of a device whose wearer the registry does not know rings for the device")
    func danglingWearer() {
        var registry = SmallCommunity.registry()
        registry.residents.removeFirst()
        var script = EngineScript(registry)

        let findings = script.say("button1", "sos=true").findings

        #expect(findings.map(\.subject) == [.device("button1")])
    }

    @Test("a press in a flat of two is a call from the flat")
    func sharedFlat() {
        var registry = SmallCommunity.registry()
        registry.residents[1].dwelling = "d1"
        registry.devices.append(Device(id: "wall", address: TextDecoder.address("wall"), dwelling: "d1", liveness: .oneWay))
        var script = EngineScript(registry)

        let findings = script.say("wall", "sos=true").findings

        #expect(findings.map(\.subject) == [.dwelling("d1")])
    }

    @Test("a press that one topic tells as an event and another as a level is one, in whatever order; the next level is the next press")
    func eventAndLevel() {
        for topics in [["text/button1", "level/button1"], ["level/button1", "text/button1"]] {
            var script = EngineScript()

            let findings = topics.flatMap { script.say($0, "sos=true").findings }
            let again = script.say("level/button1", "sos=false").findings + script.say("level/button1", "sos=true").findings

            #expect(findings.map(\.change) == [.occurred])
            #expect(again.map(\.change) == [.occurred])
        }
    }

    @Test("a press outside the rule's scope is nobody's")
    func scope() {
        var rules = SmallCommunity.rules()
        rules.rules[0].scope = .residents(["r2"])
        var script = EngineScript(SmallCommunity.registry(), rules)

        let ours = script.say("button2", "sos=true").findings
        let others = script.say("button1", "sos=true").findings

        #expect(ours.count == 1 && others.isEmpty)
    }

    @Test("nor is a retained state of a device that says it as a level: what was found on connecting is no call (architecture rule 5)")
    func retainedLevel() {
        var script = EngineScript()

        let retained = script.say("level/button1", "sos=true", retained: true).findings
        let pressed = script.say("level/button1", "sos=false").findings + script.say("level/button1", "sos=true").findings

        #expect(retained.isEmpty)
        #expect(pressed.map(\.change) == [.occurred])
    }

    @Test(
        "a call that a broker kept does not silence the one that comes next, whatever was known before it",
        arguments: [nil, "false"], ["sos", "fall"])
    func liveAfterRetained(known: String?, kind: String) {
        var script = EngineScript()
        if let known { script.say("level/button1", "\(kind)=\(known)") }

        let retained = script.say("level/button1", "\(kind)=true", retained: true).findings
        let pressed = script.say("level/button1", "\(kind)=true").findings
        let repeated = script.say("level/button1", "\(kind)=true").findings

        #expect(retained.isEmpty)
        #expect(pressed.map(\.change) == [.occurred])
        #expect(repeated.isEmpty)
    }
}
