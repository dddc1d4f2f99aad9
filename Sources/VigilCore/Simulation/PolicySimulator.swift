/// Asks the engine itself whom it would tell: its alerts, policies, rosters, quiet hours and caps, in virtual time.
///
/// The alert stands alone: no order is in force, nobody was sent anything before, every message arrives at once and nobody answers.
public struct PolicySimulator: Sendable {
    private let household: Household
    private let rules: RuleSet
    private let runners: [any RuleRunning]

    public init(registry: Registry, rules: RuleSet) {
        self.init(household: Household(registry), rules: rules, runners: DetectorRegistry.runners(of: rules))
    }

    /// - Parameter runners: of the rules.
    init(household: Household, rules: RuleSet, runners: [any RuleRunning]) {
        self.household = household
        self.rules = rules
        self.runners = runners
    }

    /// Follows the alert until its last step has repeated once.
    public func simulate(_ request: SimulationRequest) throws(Refusal) -> PolicySimulation {
        let finding = try finding(request)
        var run = SimulatedRun(household: household, rules: rules, start: request.at)
        run.follow(finding)
        return PolicySimulation(
            kind: finding.kind, subject: finding.subject, severity: finding.severity, alertClass: finding.alertClass,
            rule: finding.rule,
            policy: run.policy, at: request.at, timeZone: rules.timeZone, lines: run.lines, isComplete: run.isComplete)
    }

    /// What the watch says of its own parts, without a rule.
    private static let ofParts = SourceWatch.raisable + RosterWatch.raisable

    /// What the detector would say.
    private func finding(_ request: SimulationRequest) throws(Refusal) -> Finding {
        let ofParts = Self.ofParts.filter { $0.kind == request.kind }
        if case .component = request.about, let part = ofParts.max(by: { rank($0.severity, request) < rank($1.severity, request) }) {
            return finding(request, part.rule, about: request.about, severity: part.severity, cancelWindow: .zero)
        }
        guard ofParts.isEmpty else { throw .isAboutParts(request.kind) }
        guard household.exists(request.about) else { throw .isNotRegistered(request.about) }
        let raising = runners.filter { $0.raises.contains(request.kind) }
        guard !raising.isEmpty else { throw .unknownKind(request.kind, known: knownKinds) }
        let fitting = raising.compactMap { runner in subject(request.about, runner.subjects).map { (runner: runner, subject: $0) } }
        guard !fitting.isEmpty else {
            throw .cannotBeAbout(request.kind, request.about, needsDevice: raising.contains { $0.isAboutDevices })
        }
        let inForce = fitting.filter { !$0.runner.rule.isShadow && household.isInScope($0.subject, $0.runner.rule.scope) }
        guard
            let (runner, subject) = inForce.max(by: {
                rank($0.runner.rule.severity, request) < rank($1.runner.rule.severity, request)
            })
        else { throw .raisedByNoRule(request.kind, request.about, fitting.map(\.runner.rule)) }
        return finding(
            request, runner.rule.id, about: subject, severity: runner.rule.severity,
            cancelWindow: runner.cancelWindow(canCancel: canCancel(request.about)))
    }

    private var knownKinds: [AlertKind] { Set(runners.flatMap(\.raises) + Self.ofParts.map(\.kind)).sorted() }

    private func finding(
        _ request: SimulationRequest, _ rule: RuleID, about subject: Subject, severity: Severity, cancelWindow: Milliseconds
    ) -> Finding {
        let sentence = LocalizedText(zh: "推演", en: "simulated")
        return Finding(
            rule: rule, kind: request.kind, alertClass: AlertKinds.alertClass(of: request.kind),
            severity: request.severity ?? severity, subject: subject, change: request.kind.isCondition ? .active : .occurred,
            evidence: Evidence(at: EngineTime(request.at.rawValue), sentence: sentence), cancelWindow: cancelWindow)
    }

    /// The colour that is asked for where there is one, otherwise the worst.
    private func rank(_ severity: Severity, _ request: SimulationRequest) -> Int {
        let place = Severity.allCases.firstIndex(of: severity) ?? 0
        return place + (severity == request.severity ? Severity.allCases.count : 0)
    }

    /// Whom a rule's alert is about when this happens to them; nil where it cannot be.
    private func subject(_ about: Subject, _ choice: SubjectChoice) -> Subject? {
        switch (choice, about) {
        case (.device, .device), (.dwelling, .dwelling), (.person, .resident), (.everyResident, .resident): return about
        case (_, .device(let id)): return household.subjects(choice, of: id).first
        case (.dwelling, .resident): return household.dwelling(of: about).map { .dwelling($0) }
        case (.person, .dwelling), (.everyResident, .dwelling):
            let people = household.residents(of: about).map { Subject.resident($0.id) }
            if people.count == 1 { return people.first }
            // Who of them it was nobody knows; whose silence it is, somebody must say.
            if case .person = choice { return about }
            return nil
        default: return nil
        }
    }

    /// Whether somebody could say on a device that it is nothing: then nobody is told for a moment.
    private func canCancel(_ about: Subject) -> Bool {
        if case .device(let id) = about { return household.device(id)?.canCancel ?? false }
        return household.residents(of: about).flatMap { household.devices(of: $0.id) }
            .contains { household.device($0)?.canCancel ?? false }
    }
}

extension RuleRunning {
    fileprivate var isAboutDevices: Bool { if case .device = subjects { true } else { false } }
}
