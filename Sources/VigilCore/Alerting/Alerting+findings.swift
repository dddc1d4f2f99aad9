// What a finding does to the alert under its key (`alert-lifecycle.md`, section 2).

extension Alerting {
    /// Takes what alerting itself has found, and tells that it was.
    mutating func find(_ finding: Finding, members: [AlertID] = [], _ context: Context, into effects: inout [Effect]) {
        effects.append(.finding(finding))
        take(finding, members: members, context, into: &effects)
    }

    /// - Parameter members: of a storm, the alerts that it holds.
    mutating func take(_ finding: Finding, members: [AlertID] = [], _ context: Context, into effects: inout [Effect]) {
        let key = AlertKey(kind: finding.kind, subject: finding.subject)
        let latest = book.latest(key)
        switch finding.change {
        case .occurred, .active:
            noteTest(finding, context, into: &effects)
            guard var latest else { return raise(finding, key, after: nil, members: members, context, into: &effects) }
            if latest.isOpen {
                reoccur(latest, finding, context, into: &effects)
            } else if let closure = latest.closure, context.now - closure.at < policy(of: latest).reopenWindow {
                if !members.isEmpty { latest.members = members }
                reopen(latest, finding, context, into: &effects)
            } else {
                raise(finding, key, after: latest, members: members, context, into: &effects)
            }
        case .cleared:
            if let latest, latest.isOpen { clear(latest, finding, context, into: &effects) }
        case .cancelled:
            if let latest, latest.isOpen { cancel(latest, finding, context, into: &effects) }
        case .unknown:
            guard var alert = latest, alert.isOpen, alert.condition != .unknown else { return }
            alert.condition = .unknown
            // Unknown never counts as cleared.
            alert.closeAt = nil
            record(&alert, .condition_unknown, finding.evidence.sentence.english, context, into: &effects)
        }
    }

    private mutating func raise(
        _ finding: Finding, _ key: AlertKey, after latest: Alert?, members: [AlertID], _ context: Context,
        into effects: inout [Effect]
    ) {
        let episode = book.nextEpisode(of: key)
        let policy = policy(for: finding.severity, finding.alertClass)
        let isPending = finding.cancelWindow > .zero
        var alert = Alert(
            id: AlertBook.id(key, episode: episode), key: key, episode: episode, alertClass: finding.alertClass,
            severity: finding.severity, highestSeverity: finding.severity, rule: finding.rule, rulesVersion: rules.version,
            registryVersion: context.household.registry.version, state: isPending ? .pending : .raised, condition: .active,
            raisedAt: context.now, pendingUntil: isPending ? context.now + finding.cancelWindow : nil,
            cancellations: latest?.cancellations ?? [], occurrences: 1, lastOccurrenceAt: context.now, evidence: [finding.evidence],
            holds: [], isDrill: isDrill(finding, context), members: members, onsets: latest?.onsets ?? [],
            notice: 1, owner: nil, leaseUntil: nil, handOver: nil,
            escalation: EscalationProgress(policy: policy.id, startedAt: context.now), told: [], declined: [], closure: nil,
            review: nil,
            closeAt: nil, rangAgainAt: nil, timelineCount: 0)
        let wasFlapping = alert.isFlapping
        if finding.change == .active { alert.begin(at: context.now) }
        alert.holds = holds(on: alert, isNew: true, context)
        if !isPending && alert.holds.isEmpty { alert.escalation.demandReach(at: context.now) }
        record(&alert, isPending ? .pending : .raised, detail(finding, context), context, into: &effects)
        if !alert.holds.isEmpty { record(&alert, .held, Alert.words(alert.holds), context, into: &effects) }
        gather(alert.id, context, into: &effects)
        if !isPending, let current = book[alert.id] { advance(current, context, into: &effects) }
        askToFix(alert.id, wasFlapping: wasFlapping, context, into: &effects)
    }

    /// The same key while open: nothing is swallowed. An event, or a condition that began anew, rings again.
    private mutating func reoccur(_ open: Alert, _ finding: Finding, _ context: Context, into effects: inout [Effect]) {
        var alert = open
        let rose = finding.severity > alert.severity
        let wasFlapping = alert.isFlapping
        let begins = finding.change == .active && alert.condition != .active
        if begins { alert.begin(at: context.now) }
        // What was known only late and holds now is as good as begun.
        let isNowAsWell = alert.evidence.last?.happenedAt != nil && finding.evidence.happenedAt == nil
        let isOnset = finding.change == .active && (begins || isNowAsWell) && !rangLately(alert, context)
        if isOnset { alert.rangAgainAt = context.now }
        // A press that nobody announced makes it real.
        let becomesReal = alert.isDrill && !isDrill(finding, context)
        if becomesReal {
            alert.isDrill = false
            // Whoever hears of it now must not hear of a drill.
            takeBack([.notify], of: alert, into: &effects)
        }
        add(finding, to: &alert, at: context.now)
        if rose { rise(&alert, to: finding.severity) }
        record(&alert, rose ? .severity_changed : .reoccurred, detail(finding, context), context, into: &effects)
        if begins { gather(alert.id, context, into: &effects) }
        askToFix(alert.id, wasFlapping: wasFlapping, context, into: &effects)
        let wasHeld = !alert.holds.isEmpty
        reviewHolds(of: alert.id, context, into: &effects)
        alert = book[alert.id] ?? alert
        // What happens again while the resident could cancel is no mistake.
        if alert.state == .pending { return happen(.confirmed("it happened again"), to: alert, context, into: &effects) }
        // Still held it tells nobody, and let go it has begun anew.
        if wasHeld || !alert.holds.isEmpty { return }
        if rose || isOnset || finding.change == .occurred { ringAgain(alert, rose: rose || becomesReal, context, into: &effects) }
    }

    private func add(_ finding: Finding, to alert: inout Alert, at time: EngineTime) {
        addEvidence(finding.evidence, to: &alert)
        alert.occurrences += 1
        alert.lastOccurrenceAt = time
        alert.condition = .active
        alert.closeAt = nil
    }

    private func rise(_ alert: inout Alert, to severity: Severity) {
        alert.severity = severity
        alert.highestSeverity = max(alert.highestSeverity, severity)
        alert.escalation.policy = policy(for: alert.highestSeverity, alert.alertClass).id
    }

    /// Whether the condition came back so recently that ringing again would only wear people out (`promises.md`, C5).
    private func rangLately(_ alert: Alert, _ context: Context) -> Bool {
        alert.rangAgainAt.map { context.now - $0 < .minutes(15) } ?? false
    }

    /// The owner hears it at once and must progress within a new lease. Where nobody owns it, everyone named so far hears it.
    private mutating func ringAgain(_ open: Alert, rose: Bool, _ context: Context, into effects: inout [Effect]) {
        // What the quiet hours of people held while it was less than this goes now.
        if rose { reconsiderQuiet(of: open.id, context, into: &effects) }
        var alert = book[open.id] ?? open
        alert.notice += 1
        if let owner = alert.owner {
            // A rise may ask for progress sooner, and nothing puts it off: who presses again and again must not keep the others from hearing.
            let policy = policy(of: alert)
            let lease = alert.state == .attending ? policy.attendingLease : policy.lease
            alert.leaseUntil = [alert.leaseUntil, context.now + lease].compactMap { $0 }.min()
            alert.escalation.demandReach(at: context.now)
            let phone = owner.contact.flatMap { context.household.contacts[$0] }.flatMap {
                firstMethod(of: $0, from: 0) == nil ? nil : $0
            }
            // An owner at the desk has no phone that could ring: then those ring who were named before.
            let contacts = phone.map { [$0] } ?? named(alert, context)
            record(&alert, .repeated, phone == nil ? "the owner has no channel" : "the owner is told", context, into: &effects)
            notify(&alert, contacts, purpose: .notify, context, into: &effects)
        } else if rose || alert.escalation.nextStep == 0 {
            // What could not be said of the lesser one is asked anew.
            if rose && alert.escalation.calls.isEmpty { alert.escalation.unreachableSince = nil }
            // Also where it was let go after it had cleared: nobody has heard of it.
            alert.escalation.begin(at: context.now)
            record(&alert, .repeated, "escalation begins anew", context, into: &effects)
            advance(alert, context, into: &effects)
        } else {
            // The steps that are still to come keep their times: who presses again and again must not hold them up.
            alert.escalation.round = 0
            alert.escalation.demandReach(at: context.now)
            alert.escalation.repeatAt = policy(of: alert).repeatEvery.map { context.now + $0 }
            // It is news also for those who could not come to what was before.
            alert.declined = []
            let contacts = named(alert, context)
            expectReach(&alert, of: contacts, context)
            record(&alert, .repeated, "everyone named so far is told", context, into: &effects)
            notify(&alert, contacts, purpose: .notify, context, into: &effects)
        }
    }

    private mutating func reopen(_ closed: Alert, _ finding: Finding, _ context: Context, into effects: inout [Effect]) {
        var alert = closed
        add(finding, to: &alert, at: context.now)
        rise(&alert, to: max(alert.severity, finding.severity))
        alert.isDrill = isDrill(finding, context)
        let wasFlapping = alert.isFlapping
        if finding.change == .active { alert.begin(at: context.now) }
        happen(.reopened(.engine, detail(finding, context), window: finding.cancelWindow), to: alert, context, into: &effects)
        gather(alert.id, context, into: &effects)
        askToFix(alert.id, wasFlapping: wasFlapping, context, into: &effects)
    }

    private mutating func clear(_ open: Alert, _ finding: Finding, _ context: Context, into effects: inout [Effect]) {
        guard open.condition != .cleared else { return }
        guard finding.evidence.happenedAt == nil else { return noteLate("it had ended", open, finding, context, into: &effects) }
        var alert = open
        alert.condition = .cleared
        addEvidence(finding.evidence, to: &alert)
        // The end of the condition closes the condition. What was red is closed by a human only.
        if alert.highestSeverity != .red, let quiet = policy(of: alert).closeAfterCleared {
            alert.closeAt = context.now + (alert.isFlapping ? max(quiet, Alert.flappingWindow) : quiet)
        }
        record(&alert, .condition_cleared, detail(finding, context), context, into: &effects)
    }

    /// That it was over long ago says nothing about now: the story has it, and the alert stands until somebody says otherwise in time. It is
    /// no evidence, for whoever is told of the alert must hear of what holds.
    private mutating func noteLate(
        _ what: String, _ open: Alert, _ finding: Finding, _ context: Context, into effects: inout [Effect]
    ) {
        var alert = open
        record(&alert, .noted, "\(detail(finding, context)): \(what), which ends nothing now", context, into: &effects)
    }

    private mutating func cancel(_ open: Alert, _ finding: Finding, _ context: Context, into effects: inout [Effect]) {
        guard Self.speaks(finding.evidence, of: open) else {
            return noteLate("the wearer had said that it was nothing", open, finding, context, into: &effects)
        }
        var alert = open
        addEvidence(finding.evidence, to: &alert)
        happen(.cancelled(.resident, detail(finding, context)), to: alert, context, into: &effects)
    }

    /// Whether a wearer's cancel is about what the alert tells of. One that arrives late is where that is as late, and its wearer said so
    /// within the moment that they are given: then people need not hear of it, as they would not have in time.
    private static func speaks(_ cancel: Evidence, of alert: Alert) -> Bool {
        guard let cancelledAt = cancel.happenedAt else { return true }
        guard let happenedAt = alert.evidence.last?.happenedAt, let pendingUntil = alert.pendingUntil else { return false }
        return cancelledAt >= happenedAt && cancelledAt - happenedAt <= pendingUntil - alert.lastOccurrenceAt
    }

    /// The worst that still holds is less than it was. Who was told stays told, and escalation goes on as for the worst.
    mutating func ease(_ finding: Finding, to severity: Severity, _ context: Context, into effects: inout [Effect]) {
        guard finding.evidence.happenedAt == nil,
            var alert = book.latest(AlertKey(kind: finding.kind, subject: finding.subject)), alert.isOpen, severity < alert.severity
        else { return }
        alert.severity = severity
        addEvidence(finding.evidence, to: &alert)
        record(&alert, .severity_changed, "\(detail(finding, context)) eased", context, into: &effects)
    }

    private func addEvidence(_ evidence: Evidence, to alert: inout Alert) {
        // The beginning and the latest are what people ask for; the timeline has what lies between.
        if alert.evidence.count >= Alert.evidenceLimit { alert.evidence.removeLast() }
        alert.evidence.append(evidence)
    }

    private func detail(_ finding: Finding, _ context: Context) -> String {
        let evidence = finding.evidence
        let source = evidence.device.map { "device=\($0) " } ?? ""
        let found = evidence.isFoundOnConnect ? " found_on_connect" : ""
        let late = evidence.happenedAt.map { at in
            let (then, now) = (context.clock.wall(at: at), context.clock.wall(at: evidence.at))
            return " arrived late, happened at \(LocalTime.hoursAndMinutes(then, zone: rules.timeZone, seenFrom: now))"
        }
        return "\(source)rule=\(finding.rule)\(found)\(late ?? "")"
    }
}
