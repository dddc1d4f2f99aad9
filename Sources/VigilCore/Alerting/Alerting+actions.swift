// What is set off at the site: siren, lamp, gas valve (`alert-lifecycle.md`, section 5).
//
// An action goes the way of a message: a row of the outbox in the transaction that decided it, leased, and tried until it is done. It
// tells nobody, so quiet hours, caps and digests are not its business, and nobody is reached by it.

extension Alerting {
    /// Sets off what a step names, until the alert is closed.
    ///
    /// - Returns: whether there was anything.
    @discardableResult
    mutating func act(
        _ step: EscalationPolicy.Step, _ number: Int, for alert: inout Alert, _ context: Context, into effects: inout [Effect]
    ) -> Bool {
        var hasActed = false
        for id in step.act where setOff(id, \.actions, "step=\(number)", for: &alert, context, into: &effects) { hasActed = true }
        return hasActed
    }

    /// Nobody can be reached about somebody's life: whoever is near is called, until somebody is reached or has it.
    mutating func callForAnybody(_ alert: inout Alert, _ context: Context, into effects: inout [Effect]) {
        guard alert.highestSeverity == .red, alert.alertClass == .life else { return }
        for id in rules.unreachableActions where !alert.escalation.actions.contains(id) && !alert.escalation.calls.contains(id) {
            setOff(id, \.calls, "nobody is reached", for: &alert, context, into: &effects)
        }
    }

    /// - Parameter list: where it is remembered, so that it is ended when it is over.
    /// - Returns: false where there is no such action, or a drill leaves it alone.
    @discardableResult
    private mutating func setOff(
        _ id: ActionID, _ list: WritableKeyPath<EscalationProgress, [ActionID]>, _ why: String, for alert: inout Alert,
        _ context: Context, into effects: inout [Effect]
    ) -> Bool {
        guard let action = rules.actions.first(where: { $0.id == id }) else { return false }
        guard !alert.isDrill || action.isInDrills else {
            record(&alert, .action, "act=\(id) \(why) is left out of a drill", context, into: &effects)
            return false
        }
        let channel = EscalationAction.channel(id)
        // What is needed again is not ended.
        outbox.withdraw(outbox.unsettled(.release, on: channel).map(\.id), into: &effects)
        if !alert.escalation[keyPath: list].contains(id) { alert.escalation[keyPath: list].append(id) }
        record(&alert, .action, "act=\(id) \(why)", context, into: &effects)
        let standing = outbox.unsettled(of: alert.id).filter { $0.purpose == .act && $0.channel == channel }
        if standing.isEmpty {
            send(.act, id, for: alert, context, into: &effects)
        } else {
            for delivery in standing { outbox.reschedule(delivery.id, to: context.now, at: context.now, into: &effects) }
        }
        return true
    }

    private mutating func send(
        _ purpose: Delivery.Purpose, _ action: ActionID, for alert: Alert, _ context: Context, into effects: inout [Effect]
    ) {
        let channel = EscalationAction.channel(action)
        let step = max(0, alert.escalation.nextStep - 1)
        let round = alert.escalation.round
        let id = "\(alert.id)/n\(alert.notice)/\(purpose.rawValue)/s\(step).\(round)/\(channel)/\(channel)#\(alert.timelineCount)"
        let contact = ContactID(channel.rawValue)
        // No words are said: what is published stands in the configuration.
        let message = Message(
            language: .english, title: action.rawValue, body: "", alert: alert.id, kind: alert.key.kind, severity: alert.severity,
            purpose: purpose, isAcceptable: false, contact: contact, isDrill: alert.isDrill)
        let delivery = Delivery(
            id: DeliveryID(id), alert: alert.id, notice: alert.notice, purpose: purpose, step: step, round: round, contact: contact,
            channel: channel, address: action.rawValue, method: 0, severity: alert.severity, message: message, state: .ready,
            createdAt: context.now, dueAt: context.now, lease: 0, expiresAt: context.now + Self.lifetime)
        outbox.add(delivery, at: context.now, into: &effects)
    }

    /// What became of an attempt. One that fails like the one before is no news for the timeline; the outbox row counts it.
    mutating func concludeAction(_ settlement: Settlement, _ context: Context, into effects: inout [Effect]) {
        let delivery = settlement.delivery
        guard var alert = subject(of: delivery, context) else { return }
        let what = "\(delivery.purpose.rawValue)=\(delivery.address) attempt=\(delivery.attempts)"
        if delivery.state == .delivered {
            record(&alert, .action_done, what, context, into: &effects)
        } else if settlement.isFirstFailure || delivery.state == .failed {
            let verdict = settlement.isExpired ? "expired" : delivery.state == .failed ? "permanent" : "retrying"
            record(&alert, .action_failed, "\(what) \(verdict)", context, into: &effects)
        }
        let isGivenUp = delivery.state == .failed
        if isGivenUp || delivery.state == .ready && delivery.attempts == Self.tooManyAttempts {
            askToMend(delivery, of: alert, context, into: &effects)
        }
    }

    /// With what it waits in between this is within a minute.
    private static let tooManyAttempts = 3
    static let unanswered = AlertKindDescription("action_unanswered", .event, .technical, zh: "联动无应答", en: "action without answer")

    /// Once for each command: the site does not do what it is told, and nobody at a telephone would see that.
    private mutating func askToMend(_ delivery: Delivery, of alert: Alert, _ context: Context, into effects: inout [Effect]) {
        // What that alert itself sets off answers no better.
        guard alert.key.kind != Self.unanswered.kind else { return }
        let isRelease = delivery.purpose == .release
        let words = LocalizedText(
            zh: "\(delivery.address) \(isRelease ? "未能解除" : "没有执行"):\(delivery.lastFailure ?? "")",
            en: "\(delivery.address) was not \(isRelease ? "released" : "carried out"): \(delivery.lastFailure ?? "")")
        let finding = Finding(
            rule: alert.rule, kind: Self.unanswered.kind, alertClass: .technical, severity: .yellow, subject: alert.key.subject,
            change: .occurred, evidence: Evidence(at: context.now, sentence: words))
        find(finding, context, into: &effects)
    }

    /// Ends what an alert has set off and needs no more: all of it once it is closed, and the call for anybody once somebody is reached.
    mutating func releaseActions(of id: AlertID, _ context: Context, into effects: inout [Effect]) {
        guard var alert = book[id] else { return }
        let progress = alert.escalation
        if !alert.isOpen { alert.escalation.actions = [] }
        if progress.unreachableSince == nil { alert.escalation.calls = [] }
        let needed = alert.escalation.actions + alert.escalation.calls
        let over = (progress.actions + progress.calls).filter { !needed.contains($0) }
        guard !over.isEmpty else { return }
        book.put(alert)
        for action in over { release(action, of: &alert, context, into: &effects) }
    }

    private mutating func release(_ id: ActionID, of alert: inout Alert, _ context: Context, into effects: inout [Effect]) {
        let channel = EscalationAction.channel(id)
        let pending = outbox.unsettled(of: alert.id).filter { $0.purpose == .act && $0.channel == channel }
        outbox.withdraw(pending.map(\.id), into: &effects)
        guard rules.actions.contains(where: { $0.id == id && $0.hasRelease }) else {
            return record(&alert, .action, "act=\(id) stays as it is", context, into: &effects)
        }
        if let other = book.open.first(where: { $0.escalation.needs(id) }) {
            return record(&alert, .action, "release=\(id) waits for \(other.id)", context, into: &effects)
        }
        record(&alert, .action, "release=\(id)", context, into: &effects)
        send(.release, id, for: alert, context, into: &effects)
    }
}

extension EscalationProgress {
    fileprivate func needs(_ action: ActionID) -> Bool { actions.contains(action) || calls.contains(action) }
}
