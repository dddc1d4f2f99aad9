/// Judges link by link whether an alert could happen, and whom it would reach.
///
/// Who is blind is the engine's word (`Blindness`), and who would be told is the engine's as well (`PolicySimulator`). Which devices serve a danger
/// stands in `CoverageJudge+devices.swift`.
public struct CoverageJudge: Sendable {
    /// A roster is looked through for so long.
    private static let foresight = Milliseconds.hours(24)

    let facts: CoverageFacts
    let household: Household
    private let simulator: PolicySimulator
    private let runners: [any RuleRunning]
    let blind: [ResidentID: Blindness]
    private let deliveries: [ContactID: [LastDelivery]]
    private let hasRosterGap: Set<RosterID>

    public init(_ facts: CoverageFacts) {
        self.facts = facts
        household = Household(facts.registry)
        runners = DetectorRegistry.runners(of: facts.rules)
        simulator = PolicySimulator(household: household, rules: facts.rules, runners: runners)
        blind = Dictionary(facts.blindList.map { ($0.resident, $0) }) { first, _ in first }
        deliveries = Dictionary(grouping: facts.deliveries, by: \.contact)
        let contacts = household.contacts
        let now = facts.clock.wall(at: facts.now)
        let end = facts.clock.wall(at: facts.now + Self.foresight)
        hasRosterGap = Set(
            facts.rules.rosters.filter { roster in
                roster.gap(from: now) { contacts[$0] != nil }.map { $0.from < end } ?? false
            }.map(\.id))
    }

    /// Everyone, the worst first and then in the registry's order.
    public func everyone() -> [Coverage] {
        let all = facts.registry.residents.map(coverage)
        return Protection.allCases.reversed().flatMap { verdict in all.filter { $0.verdict == verdict } }
    }

    public func coverage(of id: ResidentID) throws(Refusal) -> Coverage {
        guard let resident = household.residents[id] else { throw .unknownResident(id) }
        return coverage(resident)
    }

    private func coverage(_ resident: Resident) -> Coverage {
        let parts = Danger.allCases.map { part($0, resident) }
        let verdict = parts.map(\.verdict).max() ?? .covered
        let weakest = parts.flatMap(\.links).first { $0.verdict == verdict && verdict != .covered }
        return Coverage(
            resident: resident.id, name: resident.name, place: household.name(of: resident.dwelling), verdict: verdict,
            weakest: weakest, parts: parts)
    }

    private func part(_ danger: Danger, _ resident: Resident) -> Coverage.Part {
        let armed = armed(danger, resident)
        let serving = serving(danger, resident, armed)
        let heard = serving.filter { !(blind[resident.id]?.devices.contains($0.id) ?? false) }
        let request = SimulationRequest(kind: danger.kind, about: .resident(resident.id), at: facts.clock.wall(at: facts.now))
        // Without a rule in force nobody would be told, and the rule's link says so.
        let simulation = try? simulator.simulate(request)
        let links = [
            device(danger, serving, heard, resident), worn(heard), rule(danger, armed, resident), people(simulation),
            channel(simulation),
            facts.isRecording ? nil : Self.notRecording,
        ].compactMap { $0 }
        let verdict = links.map(\.verdict).max() ?? .blind
        return Coverage.Part(
            danger: danger, verdict: verdict, links: links,
            noticedWithin: armed.isEmpty ? nil : silence(danger, heard, armed).map { $0 + facts.linger },
            toldWithin: toldWithin(simulation))
    }

    // MARK: Noticing

    /// How long nothing may be heard before that is noticed.
    private func silence(_ danger: Danger, _ heard: [Device], _ armed: [any RuleRunning]) -> Milliseconds? {
        if danger == .inactivity {
            let patience = armed.compactMap(\.absenceWindow).min() ?? .zero
            return heard.compactMap(\.deadAfter).min().map { max($0, patience) }
        }
        // Which of them should have told nobody knows beforehand.
        let each = heard.map {
            $0.deadAfter ?? TestList.cadence(of: $0, facts.rules, wasTested: false)
        }
        return each.allSatisfy { $0 != nil } ? each.compactMap { $0 }.max() : nil
    }

    /// The rules that would raise it.
    private func armed(_ danger: Danger, _ resident: Resident) -> [any RuleRunning] {
        runners.filter {
            $0.raises.contains(danger.kind) && !$0.rule.isShadow && household.isInScope(.resident(resident.id), $0.rule.scope)
        }
    }

    private func rule(_ danger: Danger, _ armed: [any RuleRunning], _ resident: Resident) -> Coverage.Link {
        func link(_ verdict: Protection, zh: String, en: String) -> Coverage.Link {
            Coverage.Link(what: .rule, verdict: verdict, reason: LocalizedText(zh: zh, en: en))
        }
        guard !armed.isEmpty else { return link(.blind, zh: "没有生效的规则", en: "no rule is armed for it") }
        let rung = armed.filter { !isSilenced($0, danger, resident) }
        guard let rule = rung.first?.rule.id else { return link(.blind, zh: "规则已被静默", en: "its rule is silenced") }
        if danger == .inactivity, facts.paused.contains(resident.id) {
            return link(.degraded, zh: "规则 \(rule) 暂停:外出或住院", en: "rule \(rule) is paused: they are away")
        }
        return link(.covered, zh: "规则 \(rule) 生效", en: "rule \(rule) is armed")
    }

    private func isSilenced(_ runner: any RuleRunning, _ danger: Danger, _ resident: Resident) -> Bool {
        guard runner.rule.severity != .red else { return false }
        return facts.orders.contains { order in
            guard order.isInForce(at: facts.now), case .silence(let matcher) = order.content, matcher.device == nil else {
                return false
            }
            return matcher.fits(danger.kind, runner.rule.id, .resident(resident.id), in: household)
        }
    }

    // MARK: Telling

    private func people(_ simulation: PolicySimulation?) -> Coverage.Link? {
        guard let simulation else { return nil }
        func link(_ verdict: Protection, zh: String, en: String) -> Coverage.Link {
            Coverage.Link(what: .people, verdict: verdict, reason: LocalizedText(zh: zh, en: en))
        }
        guard let first = simulation.lines.first(where: { $0.event == .told }) else {
            return link(.blind, zh: "策略 \(simulation.policy) 通知不到任何人", en: "policy \(simulation.policy) reaches nobody")
        }
        if let empty = simulation.lines.first, empty.event == .empty {
            let names = (empty.recipients ?? []).joined(separator: ", ")
            return link(.degraded, zh: "第一步无人:\(names)", en: "the first step is empty: \(names)")
        }
        let steps = facts.rules.policies.first { $0.id == simulation.policy }?.steps ?? []
        let gaps = steps.flatMap(\.notify).compactMap { recipient in
            if case .roster(let id) = recipient, hasRosterGap.contains(id) { id.rawValue } else { nil }
        }
        guard gaps.isEmpty else {
            let names = gaps.joined(separator: ", ")
            return link(.degraded, zh: "值班表 \(names) 在 24 小时内有空缺", en: "roster \(names) has a gap within 24 h")
        }
        let name = first.name ?? ""
        return link(.covered, zh: "先通知 \(name)", en: "\(name) is told first")
    }

    /// At least one way over which the latest message arrived; one that was never tried proves nothing.
    private func channel(_ simulation: PolicySimulation?) -> Coverage.Link? {
        let told = (simulation?.lines ?? []).filter { $0.event == .told }
        guard let first = told.first else { return nil }
        let last = ways(to: Set(told.compactMap(\.contact)))
        let good = last.filter(\.isGood)
        func link(_ verdict: Protection, _ at: EngineTime?, zh: String, en: String) -> Coverage.Link {
            let time = at.map { facts.clock.wall(at: $0) }
            return Coverage.Link(what: .channel, verdict: verdict, reason: LocalizedText(zh: zh, en: en), at: time)
        }
        let atFirst = ways(to: Set(told.filter { $0.after == first.after }.compactMap(\.contact)))
        if !good.isEmpty, !atFirst.contains(where: \.isGood), let failed = atFirst.compactMap(\.failedAt).max() {
            return link(
                .degraded, failed, zh: "最先通知的人收不到,之后的人可以", en: "no message arrives with those who are told first, with others it does")
        }
        if let best = good.max(by: { ($0.deliveredAt ?? facts.now) < ($1.deliveredAt ?? facts.now) }) {
            return link(.covered, best.deliveredAt, zh: "渠道 \(best.channel) 已送达", en: "the last message over \(best.channel) arrived")
        }
        guard let failed = last.compactMap(\.failedAt).max() else {
            return link(.degraded, nil, zh: "从未试过任何渠道", en: "untried: nobody was ever sent anything")
        }
        return link(.blind, failed, zh: "最近的消息都未送达", en: "no message arrived lately")
    }

    /// What became of the latest messages to these people, over the ways that are registered now.
    private func ways(to people: Set<ContactID>) -> [LastDelivery] {
        people.sorted().compactMap { household.contacts[$0] }.flatMap { contact in
            (deliveries[contact.id] ?? []).filter { way in
                contact.methods.contains { $0.channel == way.channel && $0.address == way.address }
            }
        }
    }

    private func toldWithin(_ simulation: PolicySimulation?) -> Milliseconds? {
        guard let first = simulation?.lines.first(where: { $0.event == .told }), let contact = first.contact else { return nil }
        let ways = household.contacts[contact]?.methods.count ?? 1
        return (0..<ways).reduce(first.after) { sum, _ in sum + Outbox.leaseLength }
    }

    private static let notRecording = Coverage.Link(
        what: .storage, verdict: .degraded,
        reason: LocalizedText(zh: "存储故障:只有红色警报会发出", en: "the storage fails: only red leaves the box"))
}

extension LastDelivery {
    fileprivate var isGood: Bool { deliveredAt.map { $0 >= failedAt ?? $0 } ?? false }
}
