import Testing
import VigilCore
import VigilTesting

struct EscalationTests {
    private func sos() -> EngineScript {
        var script = EngineScript()
        script.say("button1", "sos=true")
        return script
    }

    private func script(_ change: (inout RuleSet) -> Void) -> EngineScript {
        var rules = SmallCommunity.rules()
        change(&rules)
        return EngineScript(SmallCommunity.registry(), rules)
    }

    private func change(_ script: inout EngineScript, _ body: (inout RuleSet) -> Void) {
        var rules = script.engine.rules
        rules.version += 1
        body(&rules)
        script.apply(.rulesChange(rules))
    }

    @Test("red tells its first step at once, and each later step at its time, to the millisecond (promises 5)")
    func steps() {
        var script = sos()
        let first = script.effects.told
        script.deliverAll()
        let early = script.wait(Milliseconds(59_999)).told
        let second = script.wait(Milliseconds(1)).told
        script.deliverAll()
        script.wait(Milliseconds(119_999))
        let third = script.wait(Milliseconds(1)).told

        #expect(first == ["officer/push"])
        #expect(early.isEmpty)
        #expect(second == ["second/push"])
        #expect(third.prefix(3) == ["lead/sms", "son/push", "daughter/push"])
    }

    @Test("until owned everyone who was named is told again, in a new round under new keys")
    func repeats() {
        var script = sos()
        script.deliverAll()
        script.wait(.seconds(180))
        script.deliverAll()

        let again = script.wait(.seconds(120))

        #expect(again.told == ["officer/push", "second/push", "lead/sms", "son/push", "daughter/push"])
        #expect(Set(again.deliveries.map(\.round)) == [1])
    }

    @Test("an outage of a day ends in one message a person and channel, not in one a round (promises D7)")
    func repeatsInAnOutage() {
        var script = sos()
        script.wait(.hours(2))

        let unsettled = script.deliveries.filter { $0.alert == "sos-r1-1" && ($0.state == .ready || $0.state == .sending) }
        let pending = unsettled.map { "\($0.contact)/\($0.channel)" }

        #expect(pending.count == Set(pending).count)
        #expect(pending.count == 7)
    }

    @Test("an empty step is skipped at once and logged (alert-lifecycle, 5)")
    func emptyStep() {
        var script = script { $0.policies[0].steps[0].notify = [.role(.clinic)] }

        let effects = script.say("button1", "sos=true")

        #expect(effects.entries.map(\.event) == [.raised, .step_empty, .step])
        #expect(effects.told == ["second/push"])
    }

    @Test("a step tells whoever stands in its roster at that moment, in order, and repeats tell who stands then")
    func rosterStep() {
        // The story begins at 16:26 in Shanghai.
        var script = script {
            $0.policies[0].steps = [.init(after: .zero, notify: [.roster("duty")])]
            $0.rosters = [
                Roster(
                    id: "duty", timeZone: "Asia/Shanghai",
                    shifts: [
                        .init(
                            from: TimeOfDay(rawValue: 8 * 60), to: TimeOfDay(rawValue: 16 * 60 + 28), contacts: ["second", "officer"]),
                        .init(from: TimeOfDay(rawValue: 16 * 60 + 28), to: TimeOfDay(rawValue: 8 * 60), contacts: ["lead"]),
                    ])
            ]
        }
        let first = script.say("button1", "sos=true").told
        script.deliverAll()

        let again = script.wait(.seconds(120)).told

        #expect(first == ["second/push", "officer/push"])
        #expect(again == ["lead/sms"])
    }

    @Test("a step whose roster has nobody now is an empty one")
    func emptyRoster() {
        var script = script {
            $0.policies[0].steps[0].notify = [.roster("duty")]
            $0.rosters = [
                Roster(
                    id: "duty", timeZone: "Asia/Shanghai",
                    shifts: [.init(from: TimeOfDay(rawValue: 8 * 60), to: TimeOfDay(rawValue: 16 * 60), contacts: ["officer"])])
            ]
        }

        let effects = script.say("button1", "sos=true")

        #expect(effects.entries.map(\.event) == [.raised, .step_empty, .step])
        #expect(effects.told == ["second/push"])
    }

    @Test("a step of people without any channel of ours is an empty one")
    func unreachableStep() {
        var script = script { $0.channels.removeAll { $0.id == "push" } }

        let effects = script.say("button1", "sos=true")

        #expect(effects.told == ["officer/sms"])
        #expect(script.wait(.seconds(60)).entries.map(\.event).contains(.step_empty))
    }

    @Test("an empty step leaves the times of the later ones where they were")
    func emptyStepTimes() {
        var script = script { $0.policies[0].steps[0].notify = [] }
        script.say("button1", "sos=true")
        script.deliverAll()

        let early = script.wait(.seconds(180) - Milliseconds(1)).told.filter { $0.hasPrefix("lead") }
        let due = script.wait(Milliseconds(1)).told.filter { $0.hasPrefix("lead") }

        #expect(early.isEmpty && due == ["lead/sms"])
    }

    @Test("nobody on any step is said, once, and the alert stays open")
    func nobody() {
        var script = script { $0.channels = [] }

        script.say("button1", "sos=true")

        #expect(script.story(of: "sos-r1-1") == [.raised, .step_empty, .step_empty, .step_empty, .nobody_reachable])
        #expect(script.alerts.map(\.state) == [.raised])
    }

    @Test("an empty last step is no nobody when an earlier one arrived")
    func emptyLastStep() {
        var script = script { $0.policies[0].steps[2].notify = [] }
        script.say("button1", "sos=true")
        script.deliverAll()
        script.wait(.seconds(60))
        script.deliverAll()

        script.wait(.seconds(240))

        #expect(!script.story(of: "sos-r1-1").contains(.nobody_reachable))
    }

    @Test("a permanent failure moves to the person's next channel at once (promises D6)")
    func nextChannel() throws {
        var script = sos()
        let push = try #require(script.deliveries.first)

        let effects = script.settle(push.id, .permanent(reason: "gone"))

        #expect(effects.told == ["officer/sms"])
        #expect(script.delivery(push.id)?.state == .failed)
    }

    @Test("when a person's last channel fails for good the next step comes at once (promises D6)")
    func nextStep() throws {
        var script = sos()
        script.settle(try #require(script.deliveries.first).id, .permanent(reason: "gone"))
        let sms = try #require(script.deliveries.last)

        let effects = script.settle(sms.id, .permanent(reason: "gone"))

        #expect(effects.told == ["second/push"])
    }

    @Test("when the last step fails for good nobody is reachable, and that is said (promises D9)")
    func allFail() throws {
        var script = sos()
        while let delivery = script.deliveries.first(where: { $0.state == .sending }) {
            script.settle(delivery.id, .permanent(reason: "gone"))
        }

        #expect(script.story(of: "sos-r1-1").contains(.nobody_reachable))
        #expect(script.deliveries.allSatisfy { $0.state == .failed })
        #expect(Set(script.deliveries.map(\.contact)) == ["officer", "second", "lead", "son", "daughter"])
    }

    /// Every attempt fails in a way that may pass, for so long.
    private func fail(_ script: inout EngineScript, for length: Milliseconds) {
        let end = script.time + length
        while script.time < end {
            while let delivery = script.deliveries.first(where: { $0.state == .sending }) {
                script.settle(delivery.id, .retryable(reason: "503", after: nil))
            }
            script.wait(.seconds(1))
        }
    }

    @Test("when every attempt fails in a way that may pass, nobody is reachable within a minute, and that is said once (promises D9)")
    func neverReached() throws {
        var script = sos()

        fail(&script, for: .minutes(5))

        let said = script.effects.entries.filter { $0.event == .nobody_reachable }
        #expect(said.count == 1)
        #expect(try #require(said.first).at - EngineScript.origin <= .seconds(60))
    }

    @Test("workers that never answer are nobody reachable as well (promises D9)")
    func neverAnswered() {
        var script = sos()

        script.wait(.seconds(60))

        #expect(script.story(of: "sos-r1-1").contains(.nobody_reachable))
    }

    @Test("a message that arrives after all ends it, and the next time that nobody is reached is said again")
    func reachedAfterAll() throws {
        var script = sos()
        script.wait(.seconds(60))
        #expect(script.alerts.first?.escalation.unreachableSince != nil)

        script.deliverAll()
        let reached = script.alerts.first?.escalation
        script.say("button1", "sos=true")
        script.wait(.seconds(60))

        #expect(reached?.unreachableSince == nil && reached?.reachBy == nil)
        #expect(script.story(of: "sos-r1-1").filter { $0 == .nobody_reachable }.count == 2)
    }

    @Test("one message that arrived, or somebody who took the alert, is not nobody", arguments: [false, true])
    func somebodyReached(isTaken: Bool) throws {
        var script = sos()
        if isTaken {
            script.act(.accept("sos-r1-1"), by: nil)
        } else {
            script.settle(try #require(script.deliveries.first).id, .delivered)
        }

        script.wait(.seconds(150))

        #expect(!script.story(of: "sos-r1-1").contains(.nobody_reachable))
    }

    @Test("a failure that may pass tries the next channel as well, and goes on with the first")
    func retryableFailure() throws {
        var script = sos()
        let push = try #require(script.deliveries.first)

        let effects = script.settle(push.id, .retryable(reason: "503", after: nil))
        let again = script.wait(.seconds(3))

        #expect(effects.told == ["officer/sms"])
        #expect(again.deliveries.filter { $0.id == push.id }.map(\.lease) == [2])
    }

    @Test("a list of channels that was put in another order meanwhile makes no second delivery under one key")
    func reorderedChannels() throws {
        var script = sos()
        let push = try #require(script.deliveries.first)
        var registry = SmallCommunity.registry(version: 2)
        registry.contacts[0].methods.reverse()
        script.apply(.registryChange(registry))

        let effects = script.settle(push.id, .permanent(reason: "gone"))

        #expect(script.delivery(push.id)?.state == .failed)
        #expect(effects.told == ["second/push"])
    }

    @Test("an empty step does not put off the next round for those who were told")
    func emptyStepRounds() {
        var script = script { $0.policies[0].steps[2] = .init(after: .seconds(150), notify: []) }
        script.say("button1", "sos=true")
        script.deliverAll()
        script.wait(.seconds(60))
        script.deliverAll()

        let early = script.wait(.seconds(120) - Milliseconds(1)).told
        let due = script.wait(Milliseconds(1)).told

        #expect(early.isEmpty)
        #expect(due == ["officer/push", "second/push"])
    }

    @Test("a failure after a restart still moves to the next channel: the attempt before the crash was no failure")
    func failureAfterRestart() throws {
        let before = sos()
        var engine = Engine(decoders: [TextDecoder()])
        for input in before.inputs { engine.rebuild(input) }
        engine.restoreTables(alerts: before.alerts, episodes: [], deliveries: before.deliveries, orders: [])
        var effects: [Effect] = []
        let start = Start(boot: "boot", gap: .seconds(1), clock: EngineScript.clock)
        let time = before.time + .seconds(1)
        engine.apply(StampedInput(sequence: engine.sequence + 1, at: time, input: .started(start)), into: &effects)
        engine.reconcile(into: &effects)
        let push = try #require(effects.deliveries.last { $0.state == .sending })

        var later: [Effect] = []
        let result = DeliveryResult(delivery: push.id, lease: push.lease, outcome: .permanent(reason: "gone"))
        engine.apply(StampedInput(sequence: engine.sequence + 1, at: time, input: .deliveryResult(result)), into: &later)

        #expect(push.lease == 2)
        #expect(later.told == ["officer/sms"])
    }

    @Test("a delivered message is not an acceptance: escalation goes on (promises D10)")
    func deliveredIsNotAccepted() {
        var script = sos()
        script.deliverAll()

        let told = script.wait(.seconds(60)).told

        #expect(told == ["second/push"])
    }

    @Test("deliveries that never answer delay no step")
    func stuckChannels() {
        var script = sos()

        let events = script.wait(.seconds(180)).entries.filter { $0.event == .step }

        #expect(events.map { $0.at - EngineScript.origin } == [.seconds(60), .seconds(180)])
    }

    @Test("a channel that is removed hands its waiting messages to the next one")
    func removedChannel() throws {
        var script = script { $0.channels = [ChannelLimits(id: "push", concurrency: 1), ChannelLimits(id: "sms", concurrency: 1)] }
        script.say("button2", "sos=true")
        script.say("button1", "sos=true")
        #expect(script.deliveries.map(\.state) == [.sending, .ready])

        let before = script.effects.count
        change(&script) { $0.channels.removeFirst() }

        #expect(Array(script.effects[before...]).told.contains("officer/sms"))
        #expect(script.deliveries.first { $0.id == "sos-r1-1/n1/notify/s0.0/officer/push" }?.state == .failed)
    }

    @Test("a channel that is removed under way goes to the next one when its worker is lost")
    func removedChannelUnderWay() throws {
        var script = sos()
        change(&script) { $0.channels.removeFirst() }

        let told = script.wait(.seconds(31)).told

        #expect(told == ["officer/sms"])
    }

    @Test("a policy that lost the step that was due next does not stop the engine")
    func shortenedPolicy() {
        var script = sos()
        script.wait(.seconds(90))
        change(&script) { $0.policies[0].steps.removeLast(2) }

        script.wait(.hours(1))

        #expect(script.alerts.first?.escalation.nextStepAt == nil)
        #expect(script.story(of: "sos-r1-1").filter { $0 == .repeated }.count > 20)
    }

    @Test("a policy that is gone is replaced by the one of the alert's colour")
    func removedPolicy() {
        var script = sos()
        change(&script) { rules in
            rules.policies[0].id = "scarlet"
            rules.policyBySeverity[0].policy = "scarlet"
        }
        script.deliverAll()

        let told = script.wait(.seconds(60)).told

        #expect(told == ["second/push"])
    }

    @Test("a message whose time is over does not go out when its channel is back (alert-lifecycle, 6)")
    func expired() {
        var script = sos()
        script.act(.close("sos-r1-1", outcome: .drill, note: ""), by: nil)
        script.say("button2", "sos=true")
        let old = Set(script.deliveries.filter { $0.state == .sending }.map(\.id))
        script.skip(.hours(25))

        let effects = script.apply(.started(Start(boot: "boot", gap: .hours(25), clock: EngineScript.clock)))

        #expect(!old.isEmpty)
        #expect(effects.deliveries.filter { old.contains($0.id) }.allSatisfy { $0.state == .failed })
        #expect(old.allSatisfy { script.delivery($0)?.lastFailure == "expired" })
    }

    @Test("what expired in an outage becomes one summary a person and channel (alert-lifecycle, 6)")
    func summaries() throws {
        var script = sos()
        script.say("button2", "sos=true")
        script.say("smoke1", "smoke=true")
        for id in script.alerts.map(\.id) { script.act(.close(id, outcome: .drill, note: ""), by: nil) }
        let missed = script.deliveries.filter { $0.purpose == .closed }
        #expect(missed.map(\.contact) == ["officer", "officer", "officer"])
        script.skip(.hours(25))

        script.apply(.started(Start(boot: "boot", gap: .hours(25), clock: EngineScript.clock)))
        script.deliverAll()

        let summaries = script.deliveries.filter { $0.purpose == .summary }
        #expect(missed.allSatisfy { script.delivery($0.id)?.state == .failed })
        #expect(summaries.map { "\($0.contact)/\($0.channel) \($0.state)" } == ["officer/push delivered"])
        #expect(try #require(summaries.first).message.isAcceptable == false)
    }

    @Test("a summary is no message about its alert: closing it takes nothing back, and it reaches nobody")
    func summaryIsNoNotice() {
        var script = sos()
        script.skip(.hours(25))
        script.apply(.started(Start(boot: "boot", gap: .hours(25), clock: EngineScript.clock)))
        while let other = script.deliveries.first(where: { $0.state == .sending && $0.purpose != .summary }) {
            script.settle(other.id, .permanent(reason: "gone"))
        }
        script.act(.note("sos-r1-1", text: "-"), by: nil)

        script.deliverAll()

        #expect(script.deliveries.filter { $0.purpose == .summary }.map(\.state) == [.delivered])
        #expect(script.alerts.first?.told == [])
        #expect(script.alerts.first?.escalation.unreachableSince != nil)
    }

    @Test("after a long stop overdue steps are carried out now, and a person is told once, not once a missed round")
    func afterGap() {
        var script = sos()
        script.deliverAll()
        script.skip(.hours(10))

        let effects = script.apply(.started(Start(boot: "boot", gap: .hours(10), clock: EngineScript.clock)))

        #expect(effects.entries.filter { $0.event == .step }.map(\.detail) == ["step=1 tells=1", "step=2 tells=3"])
        #expect(effects.told.count == Set(effects.told).count)
        #expect(effects.entries.allSatisfy { $0.at == script.time })
    }
}
