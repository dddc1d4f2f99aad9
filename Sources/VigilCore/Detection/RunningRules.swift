/// The rules in force, at work.
struct RunningRules: Sendable {
    /// In the order of the configuration; a rule is named by its place.
    var runners: [any RuleRunning] = []
    /// Whom each of them speaks about, and in which part of the community: every observation asks for it.
    private(set) var choices: [(subjects: SubjectChoice, scope: Rule.Scope)] = []
    private(set) var listeningToAll: [Int] = []
    private var listeningByKind: [ObservationKind: [Int]] = [:]
    /// What rules that are gone remembered: to be deleted with the next snapshot.
    private var orphans: [SnapshotRow] = []

    /// - Parameter faults: what is wrong with the rules. The configuration has refused such rules before; a replay may meet them.
    mutating func use(_ rules: RuleSet, faults: FaultList) {
        let old = runners
        runners = rules.rules.enumerated().compactMap { index, rule in
            var runner = DetectorRegistry.makeRunner(rule, path: "rules[\(index)]", faults: faults)
            // A rule that was changed keeps what it remembers: a longer limit must not forget the silence so far.
            if let same = old.first(where: { $0.rule.id == rule.id }) { runner?.inherit(from: same) }
            return runner
        }
        for gone in old where !runners.contains(where: { $0.rule.id == gone.rule.id && $0.rule.detector == gone.rule.detector }) {
            orphans += gone.deletions
        }
        choices = runners.map { ($0.subjects, $0.rule.scope) }
        listeningToAll = []
        listeningByKind = [:]
        for (index, runner) in runners.enumerated() {
            guard let kinds = runner.listensTo else {
                listeningToAll.append(index)
                continue
            }
            for kind in kinds { listeningByKind[kind, default: []].append(index) }
        }
    }

    /// The rules that want this kind, besides those that want all of them.
    func listening(to kind: ObservationKind) -> [Int] { listeningByKind[kind] ?? [] }

    /// What can be raised.
    var raisable: [Raisable] {
        runners.flatMap { runner in
            runner.raises.map { kind in
                Raisable(rule: runner.rule.id, kind: kind, alertClass: AlertKinds.alertClass(of: kind), severity: runner.rule.severity)
            }
        }
    }

    func isShadow(_ rule: RuleID) -> Bool { runners.first { $0.rule.id == rule }?.rule.isShadow ?? false }

    /// The worst that other rules still see of the condition that this finding says has ended; nil when none does.
    func severityStillSeen(of finding: Finding) -> Severity? {
        guard finding.change == .cleared else { return nil }
        return runners.filter { other in
            other.rule.id != finding.rule && !other.rule.isShadow && other.isStanding(finding.kind, of: finding.subject)
        }.map(\.rule.severity).max()
    }

    /// Every condition that holds.
    func standingFindings() -> [Finding] { runners.flatMap { $0.standingFindings() } }

    // MARK: Snapshots

    /// What changed since the last call, or everything.
    mutating func takeSnapshotRows(whole: Bool) -> [SnapshotRow] {
        // First, so that a rule of the same name writes over them.
        var rows = orphans
        orphans = []
        for rule in runners.indices { rows.append(contentsOf: runners[rule].takeSnapshotRows(whole: whole)) }
        return rows
    }

    /// Takes one row of a snapshot over; rows of rules that are gone are passed by.
    mutating func restore(owner: String, key: String, from decoder: any Decoder) throws {
        guard let rule = runners.firstIndex(where: { "rule/\($0.rule.id)" == owner }), let subject = Subject(key) else { return }
        try runners[rule].restore(subject, from: decoder)
    }
}
