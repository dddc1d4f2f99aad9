import Testing
import VigilTesting

@testable import VigilCore

/// The story begins at 16:26 in Shanghai, which is the clock of its rules (alert-lifecycle, 5).
struct QuietHoursTests {
    /// From 16:00 on, unless they say otherwise.
    private func quiet(from: Int = 16 * 60, to: Int = 7 * 60, zone: String? = nil) -> QuietHours {
        QuietHours(from: TimeOfDay(rawValue: from), to: TimeOfDay(rawValue: to), timeZone: zone)
    }

    private func script(_ quiet: [ContactID: QuietHours], _ change: (inout RuleSet) -> Void = { _ in }) -> EngineScript {
        var registry = SmallCommunity.registry()
        for index in registry.contacts.indices { registry.contacts[index].quietHours = quiet[registry.contacts[index].id] }
        var rules = SmallCommunity.rules()
        change(&rules)
        return EngineScript(registry, rules)
    }

    /// A pulse that is too fast for long enough: yellow.
    @discardableResult
    private func yellow(_ script: inout EngineScript) -> [Effect] {
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.seconds(59))
        return script.wait(.seconds(1)) + script.say("band1", "heart_rate_bpm=131")
    }

    private func deferred(_ script: EngineScript) -> [String] { script.effects.entries.filter { $0.event == .deferred }.map(\.detail) }

    @Test("red is never held")
    func red() {
        var script = script(["officer": quiet()])

        let effects = script.say("button1", "sos=true")

        #expect(effects.told == ["officer/push"])
        #expect(deferred(script).isEmpty)
    }

    @Test("yellow waits, the timeline says until when, and evaluation goes on")
    func yellowWaits() {
        var script = script(["officer": quiet()])

        let effects = yellow(&script)
        script.wait(.minutes(5))

        #expect(effects.deliveries.map(\.state) == [.ready])
        // Raised at 16:27; the cap is half an hour.
        #expect(deferred(script) == ["contact=officer until=16:57"])
        #expect(script.deliveries.filter { $0.state == .sending }.map(\.contact) == ["second"])
    }

    @Test("outside their quiet hours, and in their own zone, nobody is held", arguments: [(17 * 60, nil), (16 * 60, "Europe/Berlin")])
    func nearMiss(from: Int, zone: String?) {
        var script = script(["officer": quiet(from: from, zone: zone)])

        let effects = yellow(&script)

        #expect(effects.deliveries.map(\.state) == [.sending])
        #expect(deferred(script).isEmpty)
    }

    @Test("it goes when the quiet ends, where that is before the cap")
    func quietEnds() {
        var script = script(["officer": quiet(to: 16 * 60 + 40)])
        yellow(&script)

        let before = script.wait(.minutes(12))
        let after = script.wait(.minutes(2))

        #expect(!before.deliveries.contains { $0.contact == "officer" && $0.state == .sending })
        #expect(after.deliveries.contains { $0.contact == "officer" && $0.state == .sending })
    }

    @Test("what nobody has breaks through after the cap of its policy, and not before")
    func cap() {
        var script = script(["officer": quiet()]) {
            $0.policies[1].quietCap = .minutes(10)
            $0.policies[1].repeatEvery = nil
        }
        yellow(&script)

        let before = script.wait(.minutes(10) - .seconds(1))
        let after = script.wait(.seconds(1))

        #expect(!before.deliveries.contains { $0.contact == "officer" })
        #expect(after.deliveries.filter { $0.contact == "officer" }.map(\.state) == [.sending])
    }

    @Test("blue has no cap: it waits for the morning")
    func blue() {
        var script = script(["officer": quiet()]) { rules in
            for index in rules.rules.indices where rules.rules[index].id == "pulse" { rules.rules[index].severity = .blue }
        }

        yellow(&script)

        #expect(deferred(script) == ["contact=officer until=07:00"])
    }

    @Test("what is held is taken back when somebody takes the alert, and who slept hears nothing of it")
    func withdrawn() {
        var script = script(["officer": quiet()])
        yellow(&script)
        let id = script.alerts[0].id

        script.act(.accept(id), by: "second")

        #expect(script.deliveries.map(\.state) == [.withdrawn])
    }

    @Test("who has the alert hears at once that it happened again")
    func owner() {
        var script = script(["officer": quiet()])
        yellow(&script)
        let id = script.alerts[0].id
        script.act(.accept(id), by: "officer")

        script.say("band1", "heart_rate_bpm=100")
        script.wait(.minutes(1))
        script.say("band1", "heart_rate_bpm=130")
        let again = script.wait(.minutes(1))

        #expect(again.deliveries.filter { $0.purpose == .notify }.map(\.state) == [.sending])
    }

    @Test("what was held goes at once when the alert becomes red")
    func rises() {
        var script = script(["officer": quiet()]) {
            $0.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "racing"))
        }
        yellow(&script)

        script.say("band1", "heart_rate_bpm=160")
        let effects = script.wait(.seconds(10))

        #expect(script.alerts[0].severity == .red)
        #expect(effects.deliveries.filter { $0.contact == "officer" && $0.state == .sending }.count == 2)
    }

    @Test("nobody is said to be missing while everybody sleeps, and half a minute after they were woken they are")
    func reach() {
        var script = script(["officer": quiet(), "second": quiet()])
        yellow(&script)
        let id = script.alerts[0].id

        script.wait(.minutes(29))
        let asleep = script.story(of: id)
        script.wait(.minutes(3))

        #expect(!asleep.contains(.nobody_reachable))
        #expect(script.story(of: id).contains(.nobody_reachable))
    }

    @Test("a retry that is due after nightfall waits for the morning")
    func retryAtNight() throws {
        var script = script(["officer": quiet(from: 16 * 60 + 28)])
        yellow(&script)
        let delivery = try #require(script.deliveries.first)

        script.settle(delivery.id, .retryable(reason: "503", after: .minutes(4)))

        #expect(deferred(script).first == "contact=officer until=16:57")
    }

    @Test("whom a message was sent to before their quiet began is missed as ever, also where it happens again")
    func sentBefore() throws {
        let evening = quiet(from: 16 * 60 + 28)
        var script = script(["officer": evening, "second": evening])
        // 16:27:40.
        script.wait(.minutes(1))
        script.apply(.health(Health(.source("radio"), .sessionLost)))
        let alert = try #require(script.alerts.first)
        for delivery in script.deliveries { script.settle(delivery.id, .retryable(reason: "503", after: .minutes(4))) }
        script.wait(.seconds(40))

        script.apply(.health(Health(.source("radio"), .sessionLost)))
        script.wait(.seconds(30))

        #expect(script.story(of: alert.id).contains(.nobody_reachable))
    }

    @Test("a retry does not fall into the night")
    func retry() throws {
        // 16:27:00 is when it is raised; the quiet begins a minute later.
        var script = script(["officer": quiet(from: 16 * 60 + 28)])
        yellow(&script)
        script.wait(.seconds(58))
        let delivery = try #require(script.deliveries.first)
        script.wait(.seconds(4))

        script.settle(delivery.id, .retryable(reason: "503", after: nil))

        #expect(script.delivery(delivery.id)?.state == .ready)
        #expect(deferred(script).first == "contact=officer until=16:57")
    }

    @Test("a retry that would fall into the night is not tried sooner because the wall is looked at before it begins (promises D2)")
    func retryBeforeNight() throws {
        var script = script(["officer": quiet(from: 16 * 60 + 28)])
        yellow(&script)
        let delivery = try #require(script.deliveries.first)
        script.settle(delivery.id, .retryable(reason: "503", after: .minutes(4)))

        let looked = script.apply(.clock(ClockReading(wallOffset: .seconds(2), isTrusted: true)))

        #expect(!looked.deliveries.contains { $0.id == delivery.id })
    }

    @Test("a retry that was put off for the night goes at once when the alert becomes red, and one that only waits its turn does not")
    func retryRises() throws {
        for patience in [Milliseconds.minutes(4), .seconds(1)] {
            var script = script(["officer": quiet(from: 16 * 60 + 28)]) {
                $0.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "racing"))
            }
            yellow(&script)
            let delivery = try #require(script.deliveries.first)
            // By the first it falls into the night, by the second it is due again within seconds.
            script.settle(delivery.id, .retryable(reason: "503", after: patience))
            if patience < .minutes(1) { script.settle(delivery.id, .retryable(reason: "503", after: .seconds(40))) }

            script.say("band1", "heart_rate_bpm=160")
            let before = script.wait(.seconds(9))
            let risen = script.wait(.seconds(1))

            #expect(script.alerts[0].severity == .red)
            #expect(!before.deliveries.contains { $0.id == delivery.id && $0.severity == .red })
            let isTriedAgain = risen.deliveries.contains { $0.id == delivery.id && $0.state == .sending }
            #expect(isTriedAgain == (patience == .minutes(4)))
        }
    }

    @Test("a wall that is not to be believed keeps nobody's quiet")
    func untrusted() {
        var script = script(["officer": quiet()])
        yellow(&script)

        let effects = script.apply(.clock(ClockReading(wallOffset: .zero, isTrusted: false)))

        #expect(effects.deliveries.map(\.state) == [.sending])
    }

    @Test("quiet hours that are changed let go of what they held")
    func changed() {
        var script = script(["officer": quiet()])
        yellow(&script)

        let effects = script.apply(.registryChange(SmallCommunity.registry(version: 2)))

        #expect(effects.deliveries.map(\.state) == [.sending])
    }

    @Test("what happens again leaves who sleeps the one message that is held, and holds it on")
    func again() {
        var script = script(["officer": quiet()])
        yellow(&script)
        script.say("band1", "heart_rate_bpm=100")
        script.wait(.minutes(1))

        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))

        #expect(script.engine.deliveries.filter { $0.contact == "officer" }.map(\.state) == [.ready])
        #expect(script.alerts[0].notice == 2)
        #expect(deferred(script) == ["contact=officer until=16:57"])
    }

    @Test("what waited for the storage since before their quiet does not go in it")
    func storage() {
        var script = script(["officer": quiet(from: 16 * 60 + 28)])
        script.apply(.health(Health(.storage, .down)))
        yellow(&script)
        script.wait(.minutes(2))

        let effects = script.apply(.health(Health(.storage, .up)))

        #expect(!effects.deliveries.contains { $0.contact == "officer" && $0.state == .sending })
        #expect(deferred(script) == ["contact=officer until=16:57"])
    }

    @Test("a silence takes back what is deferred; let go, the alert begins anew, and the cap with it")
    func silenced() {
        var script = script(["officer": quiet()])
        yellow(&script)

        let matcher = AlertMatcher(kind: "heart_rate_bpm")
        script.act(.place(OrderRequest(.silence(matcher), lasts: .minutes(10), reason: "works")), by: "second")
        let whileSilenced = script.engine.deliveries
        script.wait(.minutes(10))

        #expect(whileSilenced.isEmpty)
        #expect(script.engine.deliveries.map(\.state) == [.ready])
        #expect(deferred(script) == ["contact=officer until=16:57", "contact=officer until=17:07"])
    }
}
