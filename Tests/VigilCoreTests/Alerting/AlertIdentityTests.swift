import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 2: one alert per kind and subject, and nothing is swallowed.
struct AlertIdentityTests {
    private let id: AlertID = "sos-r1-1"

    @Test("an id is kind, subject and episode (architecture, 2)")
    func ids() {
        var script = EngineScript()

        script.say("button1", "sos=true")
        script.say("band1", "fall=true")
        script.say("smoke2", "smoke=true")

        #expect(script.alerts.map(\.id) == ["sos-r1-1", "fall-r1-1", "smoke-d2-1"])
    }

    @Test("a second press while nobody has it is counted, and rings at everyone named so far under a higher notice")
    func pressAgain() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.wait(.seconds(60))
        script.deliverAll()
        script.wait(.seconds(30))

        let effects = script.say("button1", "sos=true")

        #expect(script.alert(id)?.occurrences == 2)
        #expect(script.alert(id)?.notice == 2)
        #expect(effects.told == ["officer/push", "second/push"])
        #expect(effects.entries.map(\.event) == [.reoccurred, .repeated])
    }

    @Test("who presses every half a minute does not hold up the next steps (promises 5)")
    func pressOnAndOn() {
        var script = EngineScript()
        for _ in 0..<8 {
            script.say("button1", "sos=true")
            script.deliverAll()
            script.wait(.seconds(30))
        }

        let steps = script.effects.entries.filter { $0.event == .step }

        #expect(steps.map { $0.at - EngineScript.origin } == [.zero, .seconds(60), .seconds(180)])
    }

    @Test("a second press while owned rings at the owner's at once, under a higher notice (8.3: nothing is swallowed)")
    func pressWhileOwned() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept(id), by: "officer")
        let notice = script.alert(id)?.notice ?? 0

        let effects = script.say("button1", "sos=true")

        #expect(effects.told == ["officer/push"])
        #expect(effects.deliveries.first?.notice == notice + 1)
        #expect(effects.deliveries.first?.purpose == .notify)
    }

    @Test("who presses again and again does not renew the owner's lease: the others hear when it is over")
    func pressesDoNotRenew() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept("sos-r1-1"), by: "officer")
        var events: [TimelineEntry.Event] = []
        for _ in 0..<2 {
            events += script.wait(.minutes(1)).entries.map(\.event)
            script.say("button1", "sos=true")
            script.deliverAll()
        }
        #expect(!events.contains(.lease_expired))

        #expect(script.wait(.minutes(1)).entries.map(\.event).contains(.lease_expired))
    }

    @Test("a second press whose owner cannot be reached rings those who were named before (alert-lifecycle, 5)")
    func unreachableOwner() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.wait(.seconds(61))
        script.deliverAll()
        let named = Set(script.deliveries.map(\.contact))
        script.act(.accept("sos-r1-1"), by: "officer")
        script.deliverAll()
        script.say("button1", "sos=true")
        let ring = try #require(script.deliveries.last { $0.state == .sending && $0.contact == "officer" && $0.purpose == .notify })

        let before = script.effects.count
        script.settle(ring.id, .permanent(reason: "gone"))
        while let next = script.deliveries.last(where: { $0.state == .sending && $0.contact == "officer" }) {
            script.settle(next.id, .permanent(reason: "gone"))
        }

        let told = Set(script.effects[before...].map { $0 }.deliveries.filter { $0.purpose == .notify }.map(\.contact))
        #expect(named.count > 1)
        #expect(told.isSuperset(of: named))
    }

    @Test("a second press while owned and nothing done goes on at the next step after the lease")
    func pressWhileOwnedIgnored() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.onTheWay(id), by: "officer")
        script.wait(.minutes(5))
        script.say("button1", "sos=true")

        let events = script.wait(.minutes(3)).entries.map(\.event)

        #expect(events.contains(.lease_expired))
    }

    @Test("a second press while owned by an operator without a phone rings at those who were named")
    func pressWhileOwnedAtTheDesk() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept(id), by: nil)

        let effects = script.say("button1", "sos=true")

        #expect(effects.told == ["officer/push"])
    }

    @Test("a rise in severity always rings, and goes by the policy of the new colour")
    func severityRise() {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "0s", id: "racing"))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        script.act(.accept("heart_rate_bpm-r1-1"), by: "officer")

        let effects = script.say("band1", "heart_rate_bpm=160")

        #expect(effects.entries.first?.event == .severity_changed)
        #expect(effects.told == ["officer/push"])
        #expect(script.alert("heart_rate_bpm-r1-1")?.escalation.policy == "red")
    }

    @Test("a continuing condition rings by the repeat policy only")
    func continuing() {
        var registry = SmallCommunity.registry()
        registry.devices.append(Device(id: "smoke3", address: TextDecoder.address("smoke3"), dwelling: "d1", liveness: .sleepySmoke))
        var script = EngineScript(registry)
        script.say("smoke1", "smoke=true")

        let effects = script.say("smoke3", "smoke=true")

        #expect(effects.entries.map(\.event) == [.reoccurred])
        #expect(effects.told.isEmpty)
    }

    @Test("a sensor that flaps makes one alert and rings again at most every 15 min (promises C5)")
    func flapping() {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        script.deliverAll()

        for _ in 0..<1700 {
            script.wait(Milliseconds(500))
            script.say("smoke1", "smoke=false")
            script.wait(Milliseconds(500))
            script.say("smoke1", "smoke=true")
        }

        // The other one asks for the sensor to be fixed.
        #expect(script.alerts.map(\.id) == ["smoke-d1-1", "flapping-smoke1-1"])
        // 1,700 s of flapping after the first onset.
        let rings = script.effects.entries.filter {
            $0.alert == "smoke-d1-1" && $0.event == .repeated && !$0.detail.hasPrefix("round=")
        }
        #expect(rings.count == 2)
    }

    @Test("closed less than the reopen window ago, the same episode opens again")
    func reopens() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.close(id, outcome: .sos_accidental, note: ""), by: "officer")
        script.wait(.minutes(30) - Milliseconds(1))

        let effects = script.say("button1", "sos=true")

        #expect(script.alerts.map(\.id) == [id])
        #expect(script.alert(id)?.state == .raised)
        #expect(script.alert(id)?.closure == nil)
        #expect(effects.told == ["officer/push"])
        #expect(script.alert(id)?.notice ?? 0 > 1)
    }

    @Test("closed longer ago, it is the next episode")
    func nextEpisode() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.close(id, outcome: .sos_accidental, note: ""), by: "officer")
        script.wait(.minutes(30))

        script.say("button1", "sos=true")

        #expect(script.alerts.map(\.id) == [id, "sos-r1-2"])
    }

    @Test("evidence is bounded: the first pieces and the latest")
    func evidence() {
        var script = EngineScript()
        for _ in 0..<50 {
            script.say("button1", "sos=true")
            script.wait(.seconds(1))
        }

        let evidence = script.alert(id)?.evidence ?? []

        #expect(evidence.count == Alert.evidenceLimit)
        #expect(evidence.first?.at == EngineScript.origin)
        #expect(evidence.last?.at == EngineScript.origin + .seconds(49))
        #expect(script.alert(id)?.occurrences == 50)
    }

    @Test("a rule in the shadow evaluates and never notifies")
    func shadow() {
        var rules = SmallCommunity.rules()
        rules.rules[0].isShadow = true
        var script = EngineScript(SmallCommunity.registry(), rules)

        let effects = script.say("button1", "sos=true")

        #expect(effects.map(\.name) == ["finding"])
    }

    @Test("an alert keeps the version of the rules that raised it")
    func rulesVersion() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.apply(.rulesChange(SmallCommunity.rules(version: 9)))

        script.say("button1", "sos=true")

        #expect(script.alert(id)?.rulesVersion == 1)
    }

    @Test("a family hears the kind and the time, not the reading (alert-lifecycle, 6)")
    func minimumNecessary() {
        var rules = SmallCommunity.rules()
        rules.policies[1].steps[0].notify = [.role(.family), .role(.gridOfficer)]
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=133")
        script.wait(.minutes(1))

        let bodies = Dictionary(script.deliveries.map { ($0.contact, $0.message.body) }) { first, _ in first }

        #expect(bodies["son"]?.contains("133") == false)
        #expect(bodies["officer"]?.contains("133") == true)
    }
}
