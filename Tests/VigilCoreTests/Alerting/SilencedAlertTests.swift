import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 4: a silenced alert is raised, listed and recorded, and tells nobody until it is let go.
struct SilencedAlertTests {
    private func silence(_ matcher: AlertMatcher, for length: Milliseconds = .hours(1)) -> Command.Action {
        .place(OrderRequest(.silence(matcher), lasts: length, reason: "works"))
    }

    /// Without the rule of silent devices, which has nothing to do with it.
    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules.removeAll { $0.id == "silence" }
        return EngineScript(SmallCommunity.registry(), rules)
    }

    /// A yellow alert about r1's pulse.
    private func race(_ script: inout EngineScript, _ rate: Int = 140) {
        script.say("band1", "heart_rate_bpm=\(rate)")
        script.wait(.seconds(60))
        script.say("band1", "heart_rate_bpm=\(rate)")
    }

    @Test("nobody hears of it, and at the end of the silence its escalation begins")
    func held() throws {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm")), by: "officer")
        race(&script)
        let alert = try #require(script.alert("heart_rate_bpm-r1-1"))
        let told = script.effects.told

        let atTheEnd = script.wait(.hours(1))

        #expect(alert.state == .raised)
        #expect(alert.holds == [.silenced("silence-1")])
        #expect(script.engine.openAlerts.contains { $0.id == alert.id })
        #expect(told.isEmpty)
        #expect(atTheEnd.told.first == "officer/push")
        #expect(script.story(of: alert.id).prefix(4) == [.raised, .held, .released, .step])
    }

    @Test(
        "it holds what fits all of it, and nothing else",
        arguments: [
            (AlertMatcher(rule: "pulse"), true), (AlertMatcher(resident: "r1"), true), (AlertMatcher(grid: "g1"), true),
            (AlertMatcher(device: "band1"), true), (AlertMatcher(kind: "absence"), false), (AlertMatcher(rule: "absence"), false),
            (AlertMatcher(resident: "r2"), false), (AlertMatcher(kind: "heart_rate_bpm", resident: "r2"), false),
            (AlertMatcher(device: "watch1"), false),
        ])
    func matching(matcher: AlertMatcher, isHeld: Bool) {
        var script = script()
        script.act(silence(matcher), by: "officer")

        race(&script)

        #expect(script.effects.told.isEmpty == isHeld)
    }

    @Test("red tells whatever is silenced, and what rises to red is let go")
    func red() throws {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "racing"))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.act(silence(AlertMatcher(grid: "g1")), by: "officer")
        race(&script)

        let press = script.say("button2", "sos=true")
        script.say("band1", "heart_rate_bpm=170")
        let rise = script.wait(.seconds(10))

        #expect(press.told == ["officer/push"])
        #expect(rise.told == ["officer/push"])
        #expect(try #require(script.alert("heart_rate_bpm-r1-1")).holds.isEmpty)
    }

    @Test("one that rings already is taken back, and tells nobody again before the end")
    func late() throws {
        var script = script()
        race(&script)
        let ring = try #require(script.deliveries.first)

        script.act(silence(AlertMatcher(kind: "heart_rate_bpm")), by: "officer")
        let during = script.wait(.minutes(59))
        let after = script.wait(.minutes(1))

        #expect(script.delivery(ring.id)?.state == .withdrawn)
        #expect(during.told.isEmpty)
        #expect(after.told == ["officer/push"])
    }

    @Test("what cleared meanwhile tells nobody, and rings again when it comes back")
    func cleared() {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm"), for: .minutes(5)), by: "officer")
        race(&script)
        script.say("band1", "heart_rate_bpm=70")
        let end = script.wait(.minutes(5))

        script.say("band1", "heart_rate_bpm=140")
        let again = script.wait(.seconds(60))

        #expect(end.told.isEmpty)
        #expect(again.told == ["officer/push"])
    }

    @Test("a held alert can be accepted; a lease that runs out under the silence tells nobody before its end")
    func owned() throws {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm"), for: .hours(2)), by: "officer")
        race(&script)

        script.act(.accept("heart_rate_bpm-r1-1"), by: "officer")
        let during = script.wait(.minutes(90))
        let after = script.wait(.minutes(30))

        #expect(during.told.isEmpty)
        #expect(!during.entries.contains { $0.event == .nobody_reachable })
        #expect(after.told.contains("officer/push"))
    }

    @Test("one that somebody has when it is let go rings nobody")
    func ownedAtTheEnd() {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm"), for: .minutes(10)), by: "officer")
        race(&script)
        script.act(.accept("heart_rate_bpm-r1-1"), by: "officer")

        #expect(script.wait(.minutes(10)).told.isEmpty)
    }

    @Test("of two silences, the last one's end lets it go")
    func two() {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm"), for: .minutes(10)), by: "officer")
        script.act(silence(AlertMatcher(resident: "r1"), for: .minutes(20)), by: "officer")
        race(&script)

        let first = script.act(.endOrder("silence-1"), by: "officer")
        let between = script.wait(.minutes(15)).told
        script.act(.endOrder("silence-2"), by: "officer")

        #expect(first == .done)
        #expect(between.isEmpty)
        #expect(script.effects.told == ["officer/push"])
    }

    @Test("a restart in the middle finds it held, and the end of the silence lets it go", arguments: [nil, 6, 8])
    func restart(snapshotAt: Int?) throws {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm")), by: "officer")
        race(&script)

        var life = try SecondLife(of: script, after: .minutes(1), snapshotAt: snapshotAt)
        let started = life.effects.told
        let during = life.wait(.minutes(57)).told
        let after = life.wait(.minutes(2)).told

        #expect(started.isEmpty && during.isEmpty)
        #expect(after.first == "officer/push")
    }

    @Test("a silence that ended while the box was down lets it go at the start")
    func endedMeanwhile() throws {
        var script = script()
        script.act(silence(AlertMatcher(kind: "heart_rate_bpm")), by: "officer")
        race(&script)

        let life = try SecondLife(of: script, after: .hours(2))

        #expect(life.effects.told.first == "officer/push")
    }
}
