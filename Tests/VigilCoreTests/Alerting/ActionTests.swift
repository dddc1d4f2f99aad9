import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 5: a step may also act.
struct ActionTests {
    /// The red policy with a siren in its first step; siren and lamp can be released, the valve cannot.
    private func script(
        drills: Bool = false, unreachable: [ActionID] = [], _ change: (inout RuleSet) -> Void = { _ in }
    ) -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.actions = [
            EscalationAction(id: "siren", hasRelease: true, isInDrills: drills), EscalationAction(id: "valve"),
            EscalationAction(id: "lamp", hasRelease: true),
        ]
        rules.policies[0].steps[0].act = ["siren"]
        rules.unreachableActions = unreachable
        change(&rules)
        return EngineScript(SmallCommunity.registry(), rules)
    }

    private func actions(_ script: EngineScript, _ purpose: Delivery.Purpose) -> [Delivery] {
        script.deliveries.filter { $0.purpose == purpose }
    }

    private func details(_ script: EngineScript, of id: AlertID) -> [String] {
        script.effects.entries.filter { $0.alert == id && $0.event == .action }.map(\.detail)
    }

    private let siren: ContactID = "action:siren"

    @Test("a step acts in the turn that decides it, beside the people whom it tells, and the story says so")
    func acts() throws {
        var script = script()

        let effects = script.say("button1", "sos=true")

        #expect(effects.told == ["action:siren/action:siren", "officer/push"])
        #expect(effects.entries.map(\.event) == [.raised, .step, .action])
        let act = try #require(effects.deliveries.first)
        #expect(act.purpose == .act && act.state == .sending && act.address == "siren")
        #expect(act.id == "sos-r1-1/n1/act/s0.0/action:siren/action:siren#3")
    }

    @Test("what it came to stands in the story, and nobody counts as told by it")
    func outcome() throws {
        var script = script()
        script.say("button1", "sos=true")
        let act = try #require(actions(script, .act).first)

        script.settle(act.id, .delivered)

        #expect(script.story(of: "sos-r1-1").last == .action_done)
        #expect(script.effects.entries.last?.detail == "act=siren attempt=1")
        #expect(script.alerts.first?.told == [])
        #expect(script.alerts.first?.escalation.isStepReached == false)
        script.wait(.seconds(60))
        #expect(script.story(of: "sos-r1-1").contains(.nobody_reachable))
    }

    @Test("what was not acknowledged is tried again with growing waits, and the story says so once")
    func retried() throws {
        var script = script()
        script.say("button1", "sos=true")
        let act = try #require(actions(script, .act).first)

        script.settle(act.id, .retryable(reason: "not acknowledged", after: nil))
        script.wait(.seconds(3))
        script.settle(act.id, .retryable(reason: "not acknowledged", after: nil))
        script.wait(.seconds(7))
        script.settle(act.id, .delivered)

        #expect(script.story(of: "sos-r1-1").filter { $0 == .action_failed }.count == 1)
        #expect(script.effects.entries.last?.detail == "act=siren attempt=3")
    }

    /// Fails the attempt that is under way, so often.
    private func fail(_ purpose: Delivery.Purpose, _ times: Int, in script: inout EngineScript) throws {
        for _ in 0..<times {
            let id = try #require(actions(script, purpose).last).id
            while script.delivery(id)?.state != .sending { script.wait(.seconds(1)) }
            script.settle(id, .retryable(reason: "not acknowledged on site/siren", after: nil))
        }
    }

    @Test("what does not answer three times is told to those who can mend it, once, as a technical alert")
    func unanswered() throws {
        var script = script()
        script.say("button1", "sos=true")
        try fail(.act, 2, in: &script)
        let before = script.alerts.map(\.key.kind)
        try fail(.act, 1, in: &script)
        let told = script.alerts.map(\.key.kind)
        try fail(.act, 2, in: &script)

        let alert = try #require(script.alert("action_unanswered-r1-1"))
        #expect(before == ["sos"] && told == ["sos", "action_unanswered"])
        #expect(alert.alertClass == .technical && alert.severity == .yellow && alert.occurrences == 1)
        #expect(alert.evidence.map(\.sentence.english) == ["siren was not carried out: not acknowledged on site/siren"])
        #expect(alert.evidence.map(\.sentence.chinese) == ["siren 没有执行:not acknowledged on site/siren"])
        #expect(script.effects.deliveries.contains { $0.alert == alert.id && $0.purpose == .notify })
    }

    @Test("so is a release that does not go out")
    func unreleased() throws {
        var script = script()
        script.say("button1", "sos=true")
        script.settle(try #require(actions(script, .act).first).id, .delivered)
        script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: "officer")
        try fail(.release, 3, in: &script)

        #expect(script.alert("action_unanswered-r1-1")?.evidence.first?.sentence.english.hasPrefix("siren was not released") == true)
    }

    @Test("an action that fails keeps no step from its time, and brings none sooner")
    func failedActionIsNoFailedStep() throws {
        var script = script()
        script.say("button1", "sos=true")

        let effects = script.settle(try #require(actions(script, .act).first).id, .permanent(reason: "gone"))

        #expect(effects.filter { if case .delivery(let told) = $0 { told.alert == "sos-r1-1" } else { false } }.told.isEmpty)
        #expect(script.wait(.seconds(60)).told.contains("second/push"))
    }

    @Test("the siren falls silent when its alert is closed, and not when somebody takes it")
    func released() throws {
        var script = script()
        script.say("button1", "sos=true")
        script.deliverAll()

        script.act(.accept("sos-r1-1"), by: "officer")
        #expect(actions(script, .release).isEmpty)
        script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: "officer")

        #expect(actions(script, .release).map(\.address) == ["siren"])
        #expect(details(script, of: "sos-r1-1") == ["act=siren step=0", "release=siren"])
        script.deliverAll()
        #expect(script.effects.entries.last { $0.event == .action_done }?.detail == "release=siren attempt=1")
    }

    @Test("a gas valve stays shut when the alert is closed")
    func noRelease() {
        var script = script { $0.policies[0].steps[0].act = ["valve"] }
        script.say("button1", "sos=true")
        script.deliverAll()

        script.act(.close("sos-r1-1", outcome: .gas_or_leak, note: ""), by: "officer")

        #expect(actions(script, .release).isEmpty)
        #expect(details(script, of: "sos-r1-1") == ["act=valve step=0", "act=valve stays as it is"])
    }

    @Test("what two alerts have set off lasts until the last of them is closed")
    func shared() {
        var script = script()
        script.say("button1", "sos=true")
        script.say("button2", "sos=true")
        script.deliverAll()

        script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: "officer")
        #expect(actions(script, .release).isEmpty)
        script.act(.close("sos-r2-1", outcome: .sos_real, note: ""), by: "officer")

        #expect(actions(script, .release).map(\.alert) == ["sos-r2-1"])
        #expect(details(script, of: "sos-r1-1").last == "release=siren waits for sos-r2-1")
    }

    @Test("what was not done yet is taken back at the close, and what is set off again is not ended by an older end")
    func overtaken() throws {
        var script = script()
        script.say("button1", "sos=true")
        let first = try #require(actions(script, .act).first)
        script.settle(first.id, .retryable(reason: "not acknowledged", after: nil))

        script.act(.close("sos-r1-1", outcome: .sos_accidental, note: ""), by: "officer")
        #expect(script.delivery(first.id)?.state == .withdrawn)
        let release = try #require(actions(script, .release).first)
        script.settle(release.id, .retryable(reason: "not connected", after: nil))
        script.say("button1", "sos=true")

        #expect(script.delivery(release.id)?.state == .withdrawn)
        #expect(actions(script, .act).map(\.state) == [.withdrawn, .sending])
    }

    @Test("what is under way at the close is ended only after it: one at a time")
    func order() throws {
        var script = script()
        script.say("button1", "sos=true")
        let act = try #require(actions(script, .act).first)

        script.act(.close("sos-r1-1", outcome: .sos_accidental, note: ""), by: "officer")
        #expect(actions(script, .release).map(\.state) == [.ready])
        script.settle(act.id, .delivered, lease: 1)

        #expect(actions(script, .release).map(\.state) == [.sending])
    }

    @Test("a step that only acts is no empty step: the next one waits for its time")
    func onlyActs() {
        var script = script { $0.policies[0].steps[0].notify = [] }

        let effects = script.say("button1", "sos=true")
        let early = script.wait(.seconds(60) - Milliseconds(1))

        #expect(effects.told == ["action:siren/action:siren"])
        #expect(!early.entries.contains { $0.event == .step_empty })
        #expect(early.told.isEmpty)
        #expect(script.wait(Milliseconds(1)).told == ["second/push"])
    }

    @Test("a step that acts and whose people cannot be told is one that tells nobody: the next one comes at once")
    func actsAndTellsNobody() {
        var script = script { $0.policies[0].steps[0].notify = [.role(.clinic)] }

        let effects = script.say("button1", "sos=true")

        #expect(effects.entries.map(\.event) == [.raised, .action, .step_empty, .step])
        #expect(effects.told == ["action:siren/action:siren", "second/push"])
    }

    @Test("a step that only acts keeps nobody waiting where those before it failed")
    func onlyActsAfterFailure() throws {
        var script = script {
            $0.policies[0].steps[0].act = []
            $0.policies[0].steps[1] = .init(after: .seconds(60), notify: [], act: ["lamp"])
        }
        script.say("button1", "sos=true")

        while let delivery = script.deliveries.first(where: { $0.state == .sending && $0.contact == "officer" }) {
            script.settle(delivery.id, .permanent(reason: "gone"))
        }

        #expect(script.time == EngineScript.origin)
        #expect(script.deliveries.map(\.contact.rawValue).contains("action:lamp"))
        #expect(script.deliveries.map(\.contact.rawValue).contains("lead"))
    }

    @Test("a drill sets off only what drills may", arguments: [true, false])
    func drills(mayDrill: Bool) {
        var script = script(drills: mayDrill)
        script.act(.place(OrderRequest(.drill(.resident("r1")), lasts: .hours(1))), by: "officer")

        script.say("button1", "sos=true")

        #expect(actions(script, .act).count == (mayDrill ? 1 : 0))
        #expect(details(script, of: "sos-r1-1") == ["act=siren step=0" + (mayDrill ? "" : " is left out of a drill")])
    }

    @Test("a press that nobody announced makes a drill real, and sets off what the drill left out")
    func drillBecomesReal() {
        var script = script()
        script.act(.place(OrderRequest(.drill(.device("button1")), lasts: .minutes(5))), by: "officer")
        script.say("button1", "sos=true")
        script.wait(.minutes(6))

        script.say("button1", "sos=true")

        #expect(script.alert("sos-r1-1")?.isDrill == false)
        #expect(actions(script, .act).map(\.address) == ["siren"])
    }

    @Test("an action that the list does not hold is never set off")
    func allowList() {
        let script = script {
            $0.policies[0].steps[0].act = ["sprinkler"]
        }
        var story = script

        story.say("button1", "sos=true")

        #expect(actions(story, .act).isEmpty)
        #expect(story.story(of: "sos-r1-1") == [.raised, .step])
    }

    @Test("an action waits for nobody's quiet and for no cap")
    func neitherQuietNorCap() {
        var script = script {
            $0.messageCap = MessageCap(messages: 4, within: .minutes(10))
            $0.policies[0].repeatEvery = nil
        }

        for _ in 0..<12 {
            script.say("button1", "sos=true")
            script.deliverAll()
            script.act(.close("sos-r1-1", outcome: .sos_accidental, note: ""), by: "officer")
            script.deliverAll()
            script.wait(.seconds(2))
        }

        #expect(actions(script, .act).count == 12)
        #expect(actions(script, .act).allSatisfy { $0.state == .delivered })
        #expect(actions(script, .release).allSatisfy { $0.state == .delivered })
    }

    @Test("after a restart what was under way is set off again under the same key, and the close still ends it")
    func restart() throws {
        var script = script()
        script.say("button1", "sos=true")
        let before = try #require(actions(script, .act).first)

        script.apply(.started(Start(boot: "boot", gap: .seconds(5), clock: EngineScript.clock)))
        let again = try #require(script.delivery(before.id))
        script.settle(before.id, .delivered)
        script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: "officer")

        #expect(again.state == .sending && again.lease == 2)
        #expect(actions(script, .release).count == 1)
    }
}

/// `promises.md`, D9: nobody reachable is itself critical.
extension ActionTests {
    @Test(
        "where nobody is reached about a life the siren calls whoever is near within a minute, until somebody is reached or has it",
        arguments: [false, true])
    func call(isTaken: Bool) throws {
        var script = script(unreachable: ["lamp"])
        script.say("button1", "sos=true")

        let effects = script.wait(.seconds(60))
        let lamp = try #require(effects.deliveries.first { $0.address == "lamp" })
        #expect(lamp.createdAt - EngineScript.origin <= .seconds(60))
        #expect(details(script, of: "sos-r1-1") == ["act=siren step=0", "act=lamp nobody is reached"])
        #expect(script.alert("sos-r1-1")?.isUnreachable == true)

        if isTaken { script.act(.accept("sos-r1-1"), by: nil) } else { script.deliverAll() }

        #expect(actions(script, .release).map(\.address) == ["lamp"])
        #expect(script.alert("sos-r1-1")?.isUnreachable == false)
    }

    @Test("every step failed for good: the call comes at once")
    func callAtOnce() {
        var script = script(unreachable: ["lamp"]) { $0.channels = [] }

        let effects = script.say("button1", "sos=true")

        #expect(effects.deliveries.contains { $0.address == "lamp" })
    }

    @Test("somebody who was reached is no call, and neither is what is not about a life", arguments: [false, true])
    func noCall(isTechnical: Bool) throws {
        var script = script(unreachable: ["lamp"])
        if isTechnical {
            script.apply(.health(Health(.storage, .replaced)))
        } else {
            script.say("button1", "sos=true")
            script.deliverAll()
        }

        script.wait(.minutes(10))

        #expect(script.deliveries.allSatisfy { $0.address != "lamp" })
    }

    @Test("a yellow alert that nobody hears of calls nobody, and calls once it is red")
    func rise() {
        var script = script(unreachable: ["lamp"]) {
            $0.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "pulse-red"))
            $0.policies[0].steps[0].act = []
        }
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(3))
        let yellow = script.deliveries.filter { $0.address == "lamp" }

        script.say("band1", "heart_rate_bpm=160")
        script.wait(.minutes(2))

        #expect(script.alerts.first?.severity == .red)
        #expect(yellow.isEmpty)
        #expect(script.deliveries.contains { $0.address == "lamp" })
    }
}
