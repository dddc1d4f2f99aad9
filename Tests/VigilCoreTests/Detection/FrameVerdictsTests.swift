import Testing
import VigilCore
import VigilTesting

/// What was made of a message is what the engine made of it, by all that it knew of the device then.
struct FrameVerdictsTests {
    private func verdict(of script: EngineScript) -> FrameVerdict? {
        script.engine.verdicts(of: [script.engine.sequence])[script.engine.sequence]
    }

    @Test("a press is taken, and is news")
    func press() {
        var script = EngineScript()
        script.say("button1", "#1 sos=true")

        let verdict = verdict(of: script)

        #expect(verdict?.outcome == .taken)
        #expect(verdict?.facts.map(\.kind) == [.sos] && verdict?.facts.map(\.heed) == [.news])
    }

    @Test("a press that is sent again under its old number is a repetition, and the next number is taken")
    func replayed() {
        var script = EngineScript()
        script.say("button1", "#1 sos=true")
        script.say("button1", "#1 sos=true")
        let again = verdict(of: script)

        script.say("button1", "#2 sos=true")
        let next = verdict(of: script)

        #expect(again?.outcome == .repeated)
        #expect(next?.outcome == .taken)
    }

    @Test("what cannot be understood is refused, with the reason")
    func refused() {
        var script = EngineScript()
        script.say("button1", "?")

        #expect(verdict(of: script)?.outcome == .refused(DecodeFailure(.malformed, "begins with ?")))
    }

    @Test("a level that was known already is no news, and a call that a broker kept calls nobody")
    func knownAndKept() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        script.say("smoke1", "smoke=true")
        let known = verdict(of: script)

        script.say("button1", "sos=true", retained: true)
        let kept = verdict(of: script)

        #expect(known?.facts.map(\.heed) == [.known])
        #expect(kept?.facts.map(\.heed) == [.kept])
    }

    @Test("what a stranger says of a registered device is remembered, and what it says of itself is not")
    func stranger() {
        var script = EngineScript()
        script.say("stranger", "motion=true")
        let own = verdict(of: script)

        script.say("stranger", "motion@motion1=true motion@nobody=true")
        let other = verdict(of: script)

        #expect(own == nil)
        #expect(other?.facts.map(\.heed) == [.news, .unregistered])
    }

    @Test("the journal's tail tells it again after a restart")
    func rebuilt() {
        var script = EngineScript()
        var engine = script.engine
        script.say("button1", "#1 sos=true")
        let sequence = script.engine.sequence

        for input in script.inputs where input.sequence > engine.sequence { engine.rebuild(input) }

        #expect(engine.verdicts(of: [sequence])[sequence]?.outcome == .taken)
    }
}
