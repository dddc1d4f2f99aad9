import Testing
import VigilCore
import VigilTesting

struct PolicySimulatorTests {
    /// 2025-11-22 16:26:40 in Shanghai.
    private static let start = WallTime(EngineScript.origin.rawValue)

    private func simulate(
        _ kind: AlertKind = "sos", about: Subject = .resident("r1"), severity: Severity? = nil, at: WallTime = start,
        changing change: (inout Registry, inout RuleSet) -> Void = { _, _ in }
    ) throws(Refusal) -> PolicySimulation {
        var (registry, rules) = (SmallCommunity.registry(), SmallCommunity.rules())
        change(&registry, &rules)
        return try PolicySimulator(registry: registry, rules: rules).simulate(
            SimulationRequest(kind: kind, about: about, severity: severity, at: at))
    }

    private func told(_ simulation: PolicySimulation) -> [String] {
        simulation.lines.filter { $0.event == .told }.map {
            "\($0.after.rawValue / 1000) \($0.step ?? -1).\($0.round ?? -1) \($0.contact ?? "")/\($0.channel ?? "")"
        }
    }

    private func refusal(_ body: () throws(Refusal) -> PolicySimulation) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return error.words.english
        }
    }

    @Test("every step tells whom it names at its time, and the simulation ends when all were told once more")
    func steps() throws {
        let simulation = try simulate()

        #expect(simulation.policy == "red" && simulation.severity == .red && simulation.rule == "sos")
        #expect(
            told(simulation) == [
                "0 0.0 officer/push", "60 1.0 second/push", "180 2.0 lead/sms", "180 2.0 son/push", "180 2.0 daughter/push",
                "300 2.1 officer/push", "300 2.1 second/push", "300 2.1 lead/sms", "300 2.1 son/push", "300 2.1 daughter/push",
            ], "\(told(simulation))")
        #expect(simulation.isComplete)
    }

    @Test("it is what a real alert of the same moment does")
    func sameAsTheEngine() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        for _ in 0..<300 {
            script.wait(.seconds(1))
            script.deliverAll()
        }

        let simulation = try simulate()

        let real = script.deliveries.map { "\(($0.createdAt - EngineScript.origin).rawValue) \($0.step).\($0.round) \($0.contact)" }
        let simulated = simulation.lines.map { "\($0.after.rawValue) \($0.step ?? -1).\($0.round ?? -1) \($0.contact ?? "")" }
        #expect(simulated == real)
    }

    @Test("smoke is about the flat, also where its resident is asked about")
    func smoke() throws {
        let simulation = try simulate("smoke")

        #expect(simulation.subject == .dwelling("d1"))
    }

    @Test("a call for help in a flat of one resident is theirs, and of two the flat's")
    func dwelling() throws {
        let one = try simulate(about: .dwelling("d1"))
        let two = try simulate(about: .dwelling("d1")) { registry, _ in
            registry.residents.append(Resident(id: "r3", name: "Wang Wei", dwelling: "d1"))
        }

        #expect(one.subject == .resident("r1"))
        #expect(two.subject == .dwelling("d1"))
    }

    @Test("a fall waits for its wearer's cancel, where they wear something to cancel on")
    func cancelWindow() throws {
        let pending = try simulate("fall")
        let bare = try simulate("fall") { registry, _ in registry.devices.removeAll { $0.canCancel } }

        #expect(pending.lines.first?.event == .pending)
        #expect(pending.lines.first?.until == WallTime(Self.start.rawValue + 20_000))
        #expect(pending.lines.dropFirst().first?.after == .seconds(20))
        #expect(bare.lines.first?.event == .told)
    }

    @Test("a step that names nobody is said to be empty, with what it names")
    func empty() throws {
        let simulation = try simulate { _, rules in rules.policies[0].steps[0].notify = [.role(.clinic), .roster("night")] }

        #expect(simulation.lines.first?.event == .empty)
        #expect(simulation.lines.first?.recipients == ["clinic", "roster:night"])
        #expect(told(simulation).first == "0 1.0 second/push")
    }

    @Test("quiet hours defer yellow until they end or the cap, and never red")
    func quiet() throws {
        func sleep(_ registry: inout Registry, _ rules: inout RuleSet) {
            guard let from = TimeOfDay(text: "16:00"), let to = TimeOfDay(text: "18:00") else { return }
            registry.contacts[0].quietHours = QuietHours(from: from, to: to)
        }

        let yellow = try simulate(severity: .yellow, changing: sleep)
        let red = try simulate(changing: sleep)

        let first = try #require(yellow.lines.first)
        #expect(first.event == .deferred && first.cause == .quietHours && first.contact == "officer")
        #expect(first.until == WallTime(Self.start.rawValue + 1_800_000))
        #expect(!red.lines.contains { $0.event == .deferred })
    }

    @Test("more messages than a person may get wait, and the cap is named")
    func cap() throws {
        let simulation = try simulate { _, rules in
            rules.policies[0].repeatEvery = .seconds(30)
            rules.messageCap = MessageCap(messages: 4, within: .minutes(10))
        }

        #expect(simulation.lines.contains { $0.event == .deferred && $0.cause == .messageCap })
    }

    @Test("where nobody has a channel it says that nobody is reachable")
    func unreachable() throws {
        let simulation = try simulate { registry, _ in registry.contacts = [] }

        #expect(simulation.lines.map(\.event) == [.empty, .empty, .empty, .nobodyReachable])
    }

    @Test("a policy without repeats ends with its last step")
    func noRepeat() throws {
        let simulation = try simulate { _, rules in rules.policies[0].repeatEvery = nil }

        #expect(told(simulation).count == 5)
        #expect(simulation.isComplete)
    }

    @Test("a policy that would fill a book is cut, and says so")
    func tooLong() throws {
        let simulation = try simulate { _, rules in
            rules.policies[0].steps[2].after = .hours(24 * 31)
            rules.policies[0].repeatEvery = .seconds(30)
            rules.messageCap = MessageCap(messages: 1000, within: .zero)
        }

        #expect(!simulation.isComplete)
    }

    @Test("what cannot be answered is refused with what can be asked")
    func refusals() {
        #expect(refusal { () throws(Refusal) in try simulate(about: .resident("r9")) }?.contains("no resident \"r9\"") == true)
        #expect(refusal { () throws(Refusal) in try simulate("fal") }?.contains("did you mean \"fall\"?") == true)
        #expect(refusal { () throws(Refusal) in try simulate("device_silent") }?.contains("--device") == true)
        #expect(
            refusal { () throws(Refusal) in
                try simulate("absence", about: .dwelling("d1")) { registry, _ in registry.residents.removeAll() }
            }?.contains("--resident") == true)
        #expect(
            refusal { () throws(Refusal) in
                try simulate { _, rules in rules.rules[0].scope = .residents(["r2"]) }
            } == "no rule raises \"sos\" for resident:r1: sos does not cover them; change a rule")
        #expect(
            refusal { () throws(Refusal) in try simulate { _, rules in rules.rules[0].isShadow = true } }?.contains(
                "sos is in the shadow")
                == true)
    }

    @Test("of two rules the worse one counts, unless the other's colour is asked for")
    func twoRules() throws {
        func addRed(_: inout Registry, _ rules: inout RuleSet) {
            rules.rules.append(SmallCommunity.pulse(.red, above: 160, clearBelow: 150, for: "60s", id: "pulse-red"))
        }

        #expect(try simulate("heart_rate_bpm", changing: addRed).rule == "pulse-red")
        #expect(try simulate("heart_rate_bpm", severity: .yellow, changing: addRed).rule == "pulse")
    }
}
