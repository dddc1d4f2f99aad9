// Carries out what the alert's state machine decided.

extension Alerting {
    /// Lets something happen to an alert, with everything that follows.
    mutating func carryOut(
        _ event: AlertEvent, on current: Alert, _ context: Context, into effects: inout [Effect]
    ) throws(Refusal) {
        var alert = current
        if case .reopened = event { alert.holds = holds(on: alert, isNew: true, context) }
        for action in try alert.take(event, terms(of: alert), at: context.now) {
            perform(action, on: &alert, context, into: &effects)
        }
        // A drill that was announced is noted with each press.
        if case .closed(_, .drill, _) = event, !current.isDrill { noteTests(of: current, context, into: &effects) }
        if case .accepted(let by, _) = event { endDrill(current.id, acceptedBy: by, context, into: &effects) }
        if let closed = book[current.id], current.isOpen, !closed.isOpen { closeMembers(of: closed, context, into: &effects) }
        releaseActions(of: current.id, context, into: &effects)
    }

    /// Lets something happen that the engine itself brings about. What cannot happen any more changes nothing.
    mutating func happen(_ event: AlertEvent, to alert: Alert, _ context: Context, into effects: inout [Effect]) {
        // The engine's events are refused where a human was faster, and that human has answered for it.
        try? carryOut(event, on: alert, context, into: &effects)
    }

    private func terms(of alert: Alert) -> Alert.Terms {
        let policy = policy(of: alert)
        return Alert.Terms(lease: policy.lease, attendingLease: policy.attendingLease, steps: policy.steps.map(\.after))
    }

    private mutating func perform(_ action: AlertAction, on alert: inout Alert, _ context: Context, into effects: inout [Effect]) {
        switch action {
        case .note(let event, let by, let detail): record(&alert, event, by: by, detail, context, into: &effects)
        case .escalate:
            // Who had it has it no more: what is held for others may break through.
            reconsiderQuiet(of: alert.id, context, into: &effects)
            advance(book[alert.id] ?? alert, context, into: &effects)
        case .escalateIfNobodyIsLeft: if isAbandoned(alert, context) { advance(alert, context, into: &effects) }
        case .tell(let purpose): tellOthers(&alert, purpose, context, into: &effects)
        case .takeBack: takeBack([.notify], of: alert, into: &effects)
        case .takeBackNews: takeBack([.taken, .closed], of: alert, into: &effects)
        case .offer(let contact): ring(&alert, contact, "the other one is asked", context, into: &effects)
        case .remindOwner: ring(&alert, alert.owner?.contact, "the owner is told", context, into: &effects)
        case .askToCheck: askToCheck(alert, context, into: &effects)
        }
    }

    /// Everyone whom the steps so far have named can't come.
    private func isAbandoned(_ alert: Alert, _ context: Context) -> Bool {
        named(alert, context).allSatisfy { alert.declined.contains($0.id) }
    }

    /// What is pending is taken back, and everyone who was told hears how it stands; whoever did it knows.
    private mutating func tellOthers(
        _ alert: inout Alert, _ purpose: Delivery.Purpose, _ context: Context, into effects: inout [Effect]
    ) {
        let told = withdrawPending(alert, context, into: &effects)
        let actor = purpose == .closed ? alert.closure?.by.contact : alert.owner?.contact
        let others = told.filter { $0 != actor }.compactMap { context.household.contacts[$0] }
        guard !others.isEmpty else { return }
        alert.notice += 1
        alert.told = told
        record(&alert, .withdrawn, "\(purpose.rawValue) is told to \(others.count)", context, into: &effects)
        notify(&alert, others, purpose: purpose, context, into: &effects)
    }

    /// One person hears of it anew.
    private mutating func ring(
        _ alert: inout Alert, _ contact: ContactID?, _ why: String, _ context: Context, into effects: inout [Effect]
    ) {
        guard let contact = contact.flatMap({ context.household.contacts[$0] }) else { return }
        alert.notice += 1
        record(&alert, .repeated, why, context, into: &effects)
        notify(&alert, [contact], purpose: .notify, context, into: &effects)
    }

    /// Who cancels again and again may be unwell, or wear a device that is wrong about them.
    private mutating func askToCheck(_ cancelled: Alert, _ context: Context, into effects: inout [Effect]) {
        let count = cancelled.cancellations.count
        let words = LocalizedText(
            zh: "24 小时内第 \(count) 次取消警报,请核实", en: "cancelled \(count) times within 24 hours: please check on them")
        let finding = Finding(
            rule: cancelled.rule, kind: Self.cancelledOften.kind, alertClass: .life, severity: .yellow, subject: cancelled.key.subject,
            change: .occurred, evidence: Evidence(at: context.now, device: cancelled.evidence.last?.device, sentence: words))
        find(finding, context, into: &effects)
    }

    /// The kinds that alerting raises by itself.
    static let alertKinds = [cancelledOften, flapping, unanswered]
    /// Under the rule of the alert that they come of, whichever that is.
    static let raisable = alertKinds.map {
        Raisable(rule: "", kind: $0.kind, alertClass: $0.alertClass, severity: .yellow)
    }

    private static let cancelledOften = AlertKindDescription("cancelled_often", .event, zh: "多次取消", en: "cancelled often")
}
