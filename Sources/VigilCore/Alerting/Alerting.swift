/// The second half of the engine: findings, people and delivery results to alerts, escalation and messages.
///
/// Its state is what the tables say: after a start it is restored from them, never decided again. Nothing about an alert changes without
/// an entry in its timeline.
struct Alerting: Sendable {
    var book = AlertBook()
    var outbox = Outbox()
    var rules = RuleSet()
    var rosterWatch = RosterWatch()
    /// What others hang on and began or ended, since holds were looked at.
    var changedCauses: [AlertKey] = []
    /// Storms of which a member is not as it was, since they were looked at.
    var changedStorms: [AlertID] = []
    private var deadlines = DeadlineQueue<AlertID>()

    /// The engine's view of people, places and time, passed in because detection owns it.
    struct Context: Sendable {
        let now: EngineTime
        let household: Household
        let orders: OrderBook
        let clock: ClockReading
    }

    // MARK: Time

    var nextDeadline: EngineTime? {
        EngineTime.earlier(deadlines.next, EngineTime.earlier(outbox.nextDeadline, rosterWatch.nextDeadline))
    }

    mutating func fireDeadlines(_ context: Context, into effects: inout [Effect]) {
        if let due = rosterWatch.nextDeadline, due <= context.now { lookAtRosters(context, into: &effects) }
        while let (id, _) = deadlines.popDue(at: context.now) {
            guard let alert = book[id] else { continue }
            fire(alert, context, into: &effects)
            if let due = book[id].flatMap({ nextDue($0) }) { deadlines.schedule(id, at: due) }
        }
        for group in outbox.popDueGroups(at: context.now) { letOut(group, context, into: &effects) }
        for settlement in outbox.fireDeadlines(at: context.now, into: &effects) { conclude(settlement, context, into: &effects) }
    }

    private mutating func fire(_ alert: Alert, _ context: Context, into effects: inout [Effect]) {
        let now = context.now
        if alert.closure != nil {
            if isForgettable(alert, context) { book.forget(alert.id) }
            return
        }
        if let until = alert.pendingUntil, until <= now { happen(.windowOver, to: alert, context, into: &effects) }
        if let current = book[alert.id], let until = current.leaseUntil, until <= now {
            happen(.leaseOver, to: current, context, into: &effects)
        }
        if let current = book[alert.id], let at = current.escalation.reachBy, at <= now { missReach(current, context, into: &effects) }
        if let current = book[alert.id], let at = current.escalation.nextStepAt, at <= now { advance(current, context, into: &effects) }
        if let current = book[alert.id], let at = current.escalation.repeatAt, at <= now {
            repeatNotice(current, context, into: &effects)
        }
        if let current = book[alert.id], let at = current.closeAt, at <= now { closeCleared(current, context, into: &effects) }
    }

    /// It was closed so long ago that it can reopen no more, nobody counts how often it was cancelled, and nobody is asked to review it.
    func isForgettable(_ alert: Alert, _ context: Context) -> Bool {
        alert.closure.map { forgettableAt(alert, $0) <= context.now } ?? false
    }

    private func forgettableAt(_ alert: Alert, _ closure: Closure) -> EngineTime {
        let reasons = [
            closure.at + policy(of: alert).reopenWindow, alert.cancellations.last.map { $0 + Alert.cancellationWindow },
            alert.awaitsReview ? closure.at + Alert.reviewWindow : nil,
        ]
        return reasons.compactMap { $0 }.max() ?? closure.at
    }

    private func nextDue(_ alert: Alert) -> EngineTime? {
        if let closure = alert.closure { return forgettableAt(alert, closure) }
        let escalation = alert.escalation
        return [alert.pendingUntil, alert.leaseUntil, escalation.reachBy, escalation.nextStepAt, escalation.repeatAt, alert.closeAt]
            .compactMap { $0 }.min()
    }

    // MARK: Change

    /// Takes an alert's new state over, with the line of its story that says why.
    mutating func record(
        _ alert: inout Alert, _ event: TimelineEntry.Event, by actor: Actor = .engine, _ detail: String, _ context: Context,
        into effects: inout [Effect]
    ) {
        alert.timelineCount += 1
        let entry = TimelineEntry(
            alert: alert.id, number: alert.timelineCount, at: context.now, wall: context.clock.wall(at: context.now), event: event,
            severity: alert.severity, state: alert.state, by: actor, detail: detail)
        noteCause(alert, before: book[alert.id])
        noteMember(alert, before: book[alert.id])
        book.put(alert)
        if let due = nextDue(alert) { deadlines.schedule(alert.id, at: due) }
        effects.append(.alert(alert, entry))
    }

    /// The policy that an alert runs under; a policy that was removed meanwhile is replaced by the one of its severity.
    func policy(of alert: Alert) -> EscalationPolicy {
        rules.policies.first { $0.id == alert.escalation.policy }
            ?? policy(for: alert.severity, alert.alertClass)
    }

    func policy(for severity: Severity, _ alertClass: AlertClass) -> EscalationPolicy {
        let id = alertClass == .technical ? rules.technicalPolicy : rules.policyBySeverity.first { $0.severity == severity }?.policy
        // The configuration refuses a missing policy; a replay without one still records every alert.
        return rules.policies.first { $0.id == id }
            ?? EscalationPolicy(
                id: id ?? "none", steps: [], repeatEvery: nil, lease: .minutes(3), attendingLease: .minutes(15),
                reopenWindow: .minutes(30))
    }

    // MARK: Start

    /// Takes the tables over.
    mutating func restore(alerts: [Alert], episodes: [(key: AlertKey, episode: Int)], deliveries: [Delivery]) {
        for alert in alerts.sorted(by: { ($0.key, $0.episode) < ($1.key, $1.episode) }) {
            book.put(alert)
            if let due = nextDue(alert) { deadlines.schedule(alert.id, at: due) }
        }
        for (key, episode) in episodes { book.note(episode: episode, of: key) }
        outbox.restore(deliveries)
    }

    /// Holds the alerts against the conditions that detection finds to stand: after a start, and when what it looks at has changed.
    ///
    /// - Parameter why: what came before, for the timeline.
    mutating func reconcile(_ standing: [Finding], _ why: String, _ context: Context, into effects: inout [Effect]) {
        let keys = Set(standing.map { AlertKey(kind: $0.kind, subject: $0.subject) })
        for finding in standing {
            let key = AlertKey(kind: finding.kind, subject: finding.subject)
            if var alert = book.latest(key), alert.isOpen {
                guard alert.condition != .active else { continue }
                alert.condition = .active
                alert.closeAt = nil
                record(&alert, .condition_active, "found to hold \(why)", context, into: &effects)
            } else if book.closed(key).map({ $0 < finding.evidence.at }) ?? true {
                take(finding, context, into: &effects)
            }
        }
        for var alert in book.open
        where alert.condition == .active && alert.key.kind.isCondition && alert.members.isEmpty && !keys.contains(alert.key) {
            alert.condition = .unknown
            alert.closeAt = nil
            record(&alert, .condition_unknown, "not known to hold any more \(why)", context, into: &effects)
        }
    }

    /// After a start: the workers are new and hold nothing. What was under way goes again, and everything that is due gets its slot.
    ///
    /// Deadlines are laid out anew, because those that are overdue fire in the order in which they were due.
    mutating func resume(_ context: Context, into effects: inout [Effect]) {
        deadlines.removeAll()
        for alert in book.all { if let due = nextDue(alert) { deadlines.schedule(alert.id, at: due) } }
        let wereUnderWay = outbox.forgetWorkers()
        keepQuiet(context, into: &effects)
        for group in outbox.keptGroups { letOut(group, context, into: &effects) }
        for settlement in outbox.resume(wereUnderWay, at: context.now, into: &effects) { conclude(settlement, context, into: &effects) }
        reconsiderQuiet(context, into: &effects)
        resumeRosters(context, into: &effects)
    }
}
