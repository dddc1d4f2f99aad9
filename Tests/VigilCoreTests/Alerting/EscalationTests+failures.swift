import Testing
import VigilCore
import VigilTesting

/// Messages that fail, expire or lose their channel.
extension EscalationTests {
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

    @Test("a summary counts for the cap from when it was let out, not from when what it stands for was")
    func summaryIsAdmittedAnew() throws {
        var script = sos()
        for payload in ["sos=true", "fall=true"] { script.say("button2", payload) }
        script.say("smoke1", "smoke=true")
        script.skip(.hours(25))

        script.apply(.started(Start(boot: "boot", gap: .hours(25), clock: EngineScript.clock)))

        let summary = try #require(script.deliveries.first { $0.purpose == .summary })
        #expect(summary.state == .ready, "the slots are taken by red messages, or the test shows nothing")
        #expect(summary.admittedAt == summary.createdAt)
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
}
