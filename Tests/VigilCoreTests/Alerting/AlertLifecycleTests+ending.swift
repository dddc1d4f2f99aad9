import Testing
import VigilCore
import VigilTesting

/// How it ends, and what becomes of it when its rule changes.
extension AlertLifecycleTests {
    // MARK: to CLOSED

    @Test("any to CLOSED: a human with an outcome code")
    func close() {
        var script = sos()

        let reply = script.act(.close(id, outcome: .sos_accidental, note: "n"), by: "officer")

        #expect(reply == .done)
        #expect(script.alert(id)?.state == .closed)
        #expect(script.alert(id)?.closure?.outcome == .sos_accidental)
        #expect(script.wait(.minutes(30)).told.isEmpty)
    }

    @Test("a closed alert takes no command but words")
    func closedCommands() {
        var script = sos()
        script.act(.close(id, outcome: .sos_real, note: ""), by: "officer")

        guard case .refused? = script.act(.accept(id), by: "second") else { return #expect(Bool(false), "was not refused") }
        #expect(script.act(.note(id, text: "later"), by: "second") == .done)
        #expect(script.alert(id)?.state == .closed)
    }

    @Test("red never closes by itself, however long it is clear (alert-lifecycle, 3; promises C11)")
    func redStaysOpen() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        script.wait(.seconds(1))
        script.say("smoke1", "smoke=false")

        script.wait(.hours(3))

        #expect(script.alert("smoke-d1-1")?.isOpen == true)
        #expect(script.alert("smoke-d1-1")?.condition == .cleared)
    }

    @Test("smoke that ends a second after it began leaves the alert open and escalating")
    func shortSmoke() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        script.wait(.seconds(1))
        script.say("smoke1", "smoke=false")
        script.deliverAll()

        let told = script.wait(.seconds(59)).told

        #expect(told == ["second/push"])
    }

    @Test("yellow closes itself when it cleared and stayed so")
    func yellowCloses() {
        var script = yellow()
        script.say("band1", "heart_rate_bpm=80")

        script.wait(.minutes(10) - Milliseconds(1))
        let before = script.alert(pulse)?.state
        script.wait(Milliseconds(1))

        #expect(before == .raised)
        #expect(script.alert(pulse)?.closure?.outcome == .auto_cleared)
    }

    @Test("yellow that comes back meanwhile stays open")
    func yellowComesBack() {
        var script = yellow()
        script.say("band1", "heart_rate_bpm=80")
        script.wait(.minutes(5))
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(20))

        #expect(script.alert(pulse)?.isOpen == true)
    }

    @Test("yellow that rose to red is closed by a human only")
    func risenYellow() {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "0s", id: "racing"))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        script.say("band1", "heart_rate_bpm=160")
        script.say("band1", "heart_rate_bpm=80")

        script.wait(.hours(10))

        #expect(script.alert(pulse)?.severity == .red)
        #expect(script.alert(pulse)?.isOpen == true)
    }

    @Test("a condition that another rule still sees is not cleared")
    func twoRulesOneKind() {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.yellow, above: 150, clearBelow: 140, for: "0s", id: "racing"))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=160")
        script.wait(.minutes(2))
        script.say("band1", "heart_rate_bpm=130")

        script.wait(.minutes(30))

        #expect(script.alert(pulse)?.condition == .active)
        #expect(script.alert(pulse)?.isOpen == true)
    }

    @Test("a rule that comes out of the shadow raises what it finds to hold, at the change")
    func outOfTheShadow() {
        var rules = SmallCommunity.rules()
        rules.rules[1].isShadow = true
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("smoke1", "smoke=true")
        #expect(script.alerts.isEmpty)
        rules.version += 1
        rules.rules[1].isShadow = false

        script.apply(.rulesChange(rules))

        #expect(script.alerts.map(\.id) == ["smoke-d1-1"])
    }

    @Test("a rule that goes into the shadow, or is taken out, leaves its conditions unknown", arguments: [true, false])
    func intoTheShadow(isKept: Bool) {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        var rules = SmallCommunity.rules(version: 2)
        if isKept { rules.rules[1].isShadow = true } else { rules.rules.remove(at: 1) }

        script.apply(.rulesChange(rules))

        #expect(script.alert("smoke-d1-1")?.condition == .unknown)
    }
}
