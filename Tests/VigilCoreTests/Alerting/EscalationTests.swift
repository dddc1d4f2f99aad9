import Testing
import VigilCore
import VigilTesting

struct EscalationTests {
    func sos() -> EngineScript {
        var script = EngineScript()
        script.say("button1", "sos=true")
        return script
    }

    func script(_ change: (inout RuleSet) -> Void) -> EngineScript {
        var rules = SmallCommunity.rules()
        change(&rules)
        return EngineScript(SmallCommunity.registry(), rules)
    }

    func change(_ script: inout EngineScript, _ body: (inout RuleSet) -> Void) {
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

    @Test("a delivered message is not an acceptance: escalation goes on (promises D10)")
    func deliveredIsNotAccepted() {
        var script = sos()
        script.deliverAll()

        let told = script.wait(.seconds(60)).told

        #expect(told == ["second/push"])
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
