import Testing
import VigilCore
import VigilTesting

/// Severity rises and falls with what holds (`alert-lifecycle.md`, section 2).
struct SeverityTests {
    private let id: AlertID = "heart_rate_bpm-r1-1"

    /// Yellow above 120, red above 150, one kind.
    private func racing() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "0s", id: "pulse-red"))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.seconds(60))
        script.deliverAll()
        return script
    }

    @Test("a rise is told to everybody from the first step on")
    func rises() {
        var script = racing()

        let effects = script.say("band1", "heart_rate_bpm=160")

        #expect(script.alert(id)?.severity == .red)
        #expect(effects.entries.map(\.event).contains(.severity_changed))
        #expect(effects.told == ["officer/push"])
    }

    @Test("the worst has ended and less still holds: it falls, rings nobody, and goes on as for the worst")
    func falls() {
        var script = racing()
        script.say("band1", "heart_rate_bpm=160")
        script.deliverAll()

        let effects = script.say("band1", "heart_rate_bpm=130")

        #expect(script.alert(id)?.severity == .yellow)
        #expect(script.alert(id)?.highestSeverity == .red)
        #expect(effects.entries.map(\.event) == [.severity_changed])
        #expect(effects.told.isEmpty)
        #expect(script.wait(.seconds(60)).told == ["second/push"])
    }

    @Test("what was red once does not close by itself, however little of it is left")
    func staysOpen() {
        var script = racing()
        script.say("band1", "heart_rate_bpm=160")
        script.say("band1", "heart_rate_bpm=130")
        script.say("band1", "heart_rate_bpm=70")

        script.wait(.hours(2))

        #expect(script.alert(id)?.condition == .cleared)
        #expect(script.alert(id)?.isOpen == true)
    }
}
