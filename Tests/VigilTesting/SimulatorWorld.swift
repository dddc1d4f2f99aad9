import VigilCore

/// What happens in a simulated community: what devices say, what people do, what is reconfigured. Chosen by chance alone, and valid.
struct SimulatorWorld {
    private(set) var registry = SmallCommunity.registry(version: 0)
    private(set) var rules = SmallCommunity.rules(version: 0)
    private var commands = 0

    // MARK: Devices

    /// A frame of some device, now and then of one that nobody knows, or one that nobody can read.
    mutating func frame(_ random: inout SimulatorRandom) -> Frame {
        let resident = random.pick([1, 2])
        let (device, payload) = utterance(of: resident, &random)
        let isRadio = random.oneIn(4)
        let branch = random.oneIn(5) ? "/action" : ""
        return Frame(
            source: isRadio ? "radio" : "home", origin: .mqtt(topic: "\(isRadio ? "radio" : "text")/\(device)\(branch)"),
            payload: Array(payload.utf8), isRetained: random.oneIn(12))
    }

    private func utterance(of resident: Int, _ random: inout SimulatorRandom) -> (device: String, payload: String) {
        switch random.number(0...17) {
        case 0: ("button\(resident)", random.oneIn(2) ? "sos=true" : "#\(random.number(1...40)) sos=true")
        case 1: ("band\(resident)", "fall=\(!random.oneIn(4))")
        case 2, 3: ("smoke\(resident)", "smoke=\(random.oneIn(3)) battery_percent=\(random.number(1...100))")
        case 4: ("smoke\(resident)", "gas=\(random.oneIn(3))")
        case 5, 6, 7: ("band\(resident)", "heart_rate_bpm=\(random.number(60...170))")
        case 8, 9, 10: ("motion\(resident)", "motion=\(random.oneIn(2))")
        case 11: ("motion\(resident)", "smoke@smoke\(resident)=\(random.oneIn(2)) in_bed=\(random.oneIn(2))")
        case 12: ("band\(resident)", "worn=\(random.oneIn(2)) nonsense")
        case 13: ("band\(resident)", "?")
        case 15: ("watch\(resident)", "fall=true")
        case 16: ("watch\(resident)", "cancel=true")
        case 14: ("stranger\(random.number(1...3))", "sos=true")
        default: ("band\(resident)", "")
        }
    }

    // MARK: People

    /// Somebody does something to one of the alerts, sensible or not.
    mutating func command(about alerts: [AlertID], _ random: inout SimulatorRandom) -> Command {
        commands += 1
        let contact: ContactID? = random.pick(["officer", "second", "lead", "son", "stranger", nil])
        let by = contact.map { Actor(contact: $0, via: "ntfy") } ?? Actor(via: "cli", login: "operator")
        let id = alerts.isEmpty || random.oneIn(20) ? "sos-r9-1" : random.pick(alerts)
        let action: Command.Action =
            switch random.number(0...16) {
            case 10: .seen(id)
            case 11: .handOver(id, to: random.pick(["officer", "second", "lead", "stranger"]))
            case 12: .review(id, note: "")
            case 13: .reopen(id, note: "")
            case 14, 15: .place(request(&random))
            case 16: .endOrder(OrderID("\(random.pick(StandingOrder.Content.words))-\(random.number(1...6))"))
            case 0, 1, 2: .accept(id)
            case 3: .decline(id)
            case 4: .onTheWay(id)
            case 5: .onScene(id)
            case 6, 7: .close(id, outcome: random.pick(OutcomeCode.allCases), note: "note")
            case 8: .note(id, text: "words")
            default: .checkIn(random.pick(["r1", "r2", "r9"]), note: "")
            }
        return Command(id: CommandID("c\(commands)"), action: action, by: by)
    }

    /// Something to be put in force, sensible or not.
    private func request(_ random: inout SimulatorRandom) -> OrderRequest {
        let content: StandingOrder.Content =
            switch random.number(0...3) {
            case 0: .silence(AlertMatcher(kind: random.pick(["absence", "heart_rate_bpm", "device_silent", "sos", nil]), grid: "g1"))
            case 1: .silence(AlertMatcher(device: random.pick(["band1", "motion2", "nothing"])))
            case 2: .context(random.pick(ResidentContext.allCases), of: random.pick(["r1", "r2", "r9"]))
            default: .drill(random.pick([.resident("r1"), .device("button2")]))
            }
        return OrderRequest(
            content, startsIn: Milliseconds(random.oneIn(3) ? random.number(0...7_200_000) : 0),
            lasts: Milliseconds(random.number(-100...14_400_000)), reason: random.oneIn(10) ? "" : "works")
    }

    // MARK: Configuration

    /// People and devices come and go; the version rises.
    mutating func changedRegistry(_ random: inout SimulatorRandom) -> Registry {
        let whole = SmallCommunity.registry()
        registry.version += 1
        registry.devices = whole.devices.filter { _ in !random.oneIn(6) }
        registry.contacts = whole.contacts.filter { _ in !random.oneIn(6) }
        registry.residents = whole.residents.filter { _ in !random.oneIn(8) }
        if random.oneIn(3), let index = registry.contacts.indices.randomElement(using: &random) {
            registry.contacts[index].methods.reverse()
        }
        if random.oneIn(3), let index = registry.residents.indices.randomElement(using: &random) {
            registry.residents[index].dwelling = random.pick(["d1", "d2"])
        }
        for index in registry.contacts.indices where random.oneIn(3) { registry.contacts[index].quietHours = quietHours(&random) }
        return registry
    }

    private func quietHours(_ random: inout SimulatorRandom) -> QuietHours {
        let from = Int(random.number(0...23)) * 60
        return QuietHours(
            from: TimeOfDay(rawValue: from), to: TimeOfDay(rawValue: (from + Int(random.number(1...23)) * 60) % 1440),
            timeZone: random.pick(["Europe/Berlin", "America/New_York", nil]))
    }

    /// Two shifts a day that touch or leave a hole, now and then a holiday and somebody who stands in.
    private func roster(_ random: inout SimulatorRandom) -> Roster {
        let from = TimeOfDay(rawValue: Int(random.number(0...23)) * 60)
        let change = TimeOfDay(rawValue: Int(random.number(0...1439)))
        let end = random.oneIn(3) ? TimeOfDay(rawValue: Int(random.number(0...1439))) : from
        var roster = Roster(
            id: "duty", timeZone: random.pick(["Asia/Shanghai", "Europe/Berlin"]),
            shifts: [
                .init(from: from, to: change, contacts: [random.pick(["officer", "second"])]),
                .init(from: change, to: end, contacts: ["lead", "second"]),
            ])
        // The story begins on 2025-11-22.
        guard let day = CalendarDay(text: "2025-11-22") else { return roster }
        if random.oneIn(2) {
            let holiday = CalendarDay(rawValue: day.rawValue + Int(random.number(0...3)))
            roster.holidays = [.init(days: [holiday], plan: random.oneIn(2) ? .like(.sunday) : .shifts([]))]
        }
        if random.oneIn(2) {
            let begin = LocalMoment(day, minutes: Int(random.number(0...4320)))
            let end = LocalMoment(rawValue: begin.rawValue + Int(random.number(1...2000)))
            roster.overrides = [.init(from: begin, to: end, contacts: [random.pick(["son", "officer", "gone"])])]
        }
        return roster
    }

    /// Rules, policies, channels and routes change; the version rises.
    mutating func changedRules(_ random: inout SimulatorRandom) -> RuleSet {
        let whole = SmallCommunity.rules()
        rules.version += 1
        rules.rules = whole.rules.filter { _ in !random.oneIn(8) }
        if random.oneIn(2) {
            rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "racing"))
        }
        for index in rules.rules.indices {
            if random.oneIn(8) { rules.rules[index].isShadow = true }
            if rules.rules[index].id == "absence" {
                rules.rules[index].settings = Setting(["after": random.pick(["1h", "4h", "12h"])])
            }
        }
        rules.channels = whole.channels.filter { _ in !random.oneIn(5) }
        for index in rules.channels.indices { rules.channels[index].concurrency = random.pick([1, 2, 3]) }
        rules.routes = whole.routes.filter { $0.source == "home" || !random.oneIn(4) }
        rules.policies = whole.policies.map { policy in
            var policy = policy
            if random.oneIn(3) { policy.steps.removeLast(Int.random(in: 0..<policy.steps.count, using: &random)) }
            if random.oneIn(3) { policy.steps[0].notify = [] }
            if random.oneIn(3) { policy.steps[0].notify.append(.roster("duty")) }
            policy.quietCap = .minutes(random.pick([0, 5, 30, 600]))
            return policy
        }
        rules.rosters = random.oneIn(5) ? [] : [roster(&random)]
        return rules
    }

    /// The same, and steps and a missing reach set something off at the site.
    mutating func changedActingRules(_ random: inout SimulatorRandom) -> RuleSet {
        var acting = changedRules(&random)
        acting.actions = [
            EscalationAction(id: "siren", hasRelease: true, isInDrills: random.oneIn(2)), EscalationAction(id: "valve"),
        ].filter { _ in !random.oneIn(4) }
        acting.unreachableActions = random.oneIn(2) ? ["siren"] : []
        for index in acting.policies.indices {
            acting.policies[index].steps[0].act = random.pick([[], ["siren"], ["siren", "valve"]])
        }
        rules = acting
        return rules
    }

    /// What was handed out and never stored was never so: versions go on from what was.
    mutating func forget(registry: Registry, rules: RuleSet) {
        self.registry.version = registry.version
        self.rules.version = rules.version
    }
}
