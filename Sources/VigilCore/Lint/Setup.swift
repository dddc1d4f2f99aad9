/// What is looked at for traps: the rules, and the people and places that they are for.
struct Setup: Sendable {
    let rules: RuleSet
    let household: Household
    let builtIn: Set<PolicyID>
    /// nil where only rules and people are looked at.
    let site: SetupSite?
    let runners: [any RuleRunning]

    init(rules: RuleSet, registry: Registry, builtIn: Set<PolicyID>, site: SetupSite? = nil) {
        self.site = site
        self.rules = rules
        household = Household(registry)
        self.builtIn = builtIn
        runners = DetectorRegistry.runners(of: rules)
    }

    var residents: [Resident] { household.registry.residents }

    /// Each once, in the order of the configuration.
    var policiesInForce: [EscalationPolicy] {
        let used = Set(rules.policyBySeverity.map(\.policy) + [rules.technicalPolicy])
        return rules.policies.filter { used.contains($0.id) }
    }

    /// The policies of alerts about somebody's life, of the given colours.
    func policies(_ severities: Severity...) -> [EscalationPolicy] {
        let used = rules.policyBySeverity.filter { severities.contains($0.severity) }.map(\.policy)
        return rules.policies.filter { used.contains($0.id) }
    }

    /// Everyone whom a step may ever name about a resident and who has a way to be reached: of a roster everyone who stands in it at some time.
    func people(of step: EscalationPolicy.Step, about resident: Resident) -> [Contact] {
        people(of: step, about: .resident(resident.id))
    }

    private func people(of step: EscalationPolicy.Step, about subject: Subject) -> [Contact] {
        var seen: Set<ContactID> = []
        return step.notify.flatMap { recipient in
            household.contacts(for: recipient, about: subject) { everyone(in: $0) }
        }.filter { !$0.methods.isEmpty && seen.insert($0.id).inserted }
    }

    /// The same of all steps.
    func people(of policy: EscalationPolicy, about resident: Resident) -> [Contact] {
        people(of: policy, about: .resident(resident.id))
    }

    func people(of policy: EscalationPolicy, about subject: Subject) -> [Contact] {
        var seen: Set<ContactID> = []
        return policy.steps.flatMap { people(of: $0, about: subject) }.filter { seen.insert($0.id).inserted }
    }

    /// Where nobody lives and a device may tell of smoke: a corridor, a common room.
    var emptyHomes: [DwellingID] {
        var seen: Set<DwellingID> = []
        return household.bound.compactMap(\.dwelling).filter {
            household.residents(of: .dwelling($0)).isEmpty && seen.insert($0).inserted
        }
    }

    private func everyone(in id: RosterID) -> [ContactID] { rules.rosters.first { $0.id == id }?.everyone ?? [] }

    /// A few by name, and how many more there are.
    static func list(_ names: [String]) -> LocalizedText {
        let shown = names.prefix(5).joined(separator: ", ")
        let more = names.count - 5
        return more > 0
            ? LocalizedText(zh: "\(shown) 等 \(names.count) 个", en: "\(shown) and \(more) more") : LocalizedText(zh: shown, en: shown)
    }
}

extension Roster {
    /// Everyone who stands in it at some time, each once.
    var everyone: [ContactID] {
        let special = holidays.flatMap { holiday -> [Shift] in if case .shifts(let own) = holiday.plan { own } else { [] } }
        var seen: Set<ContactID> = []
        return ((shifts + special).flatMap(\.contacts) + overrides.flatMap(\.contacts)).filter { seen.insert($0).inserted }
    }
}
