// Whom to tell next while nobody has taken responsibility (`alert-lifecycle.md`, section 5).

extension Alerting {
    /// Attempts that may still succeed do not console anybody: no message has arrived in time.
    mutating func missReach(_ raised: Alert, _ context: Context, into effects: inout [Effect]) {
        var alert = raised
        sayUnreachable(&alert, "no message has arrived within \(EscalationProgress.reachPatience.text)", context, into: &effects)
    }

    private mutating func sayUnreachable(_ alert: inout Alert, _ why: String, _ context: Context, into effects: inout [Effect]) {
        alert.escalation.reachBy = nil
        guard alert.escalation.unreachableSince == nil else { return }
        alert.escalation.unreachableSince = context.now
        record(&alert, .nobody_reachable, why, context, into: &effects)
        callForAnybody(&alert, context, into: &effects)
    }

    /// Carries out the next step, and at once those after it that are due or follow an empty one.
    mutating func advance(_ raised: Alert, _ context: Context, into effects: inout [Effect]) {
        guard raised.state == .raised, raised.holds.isEmpty else { return }
        var alert = raised
        let steps = policy(of: alert).steps
        while alert.escalation.nextStep < steps.count {
            let number = alert.escalation.nextStep
            alert.escalation.nextStep += 1
            alert.escalation.nextStepAt = nextStepTime(alert, steps)
            guard take(steps[number], number, on: &alert, context, into: &effects) else { continue }
            guard let next = alert.escalation.nextStepAt, next <= context.now else { return }
        }
        if alert.escalation.nextStepAt != nil {
            // The policy was shortened meanwhile.
            alert.escalation.nextStepAt = nil
            record(&alert, .step_empty, "step=\(alert.escalation.nextStep) is in the policy no more", context, into: &effects)
        }
        let tellsSomebody = outbox.unsettled(of: alert.id).contains { $0.purpose == .notify }
        if !tellsSomebody && !alert.escalation.isStepReached {
            sayUnreachable(&alert, "no step reaches anybody", context, into: &effects)
        }
    }

    /// Sets off and tells what a step names.
    ///
    /// - Returns: false where it is empty, and the one after it is not waited for.
    private mutating func take(
        _ step: EscalationPolicy.Step, _ number: Int, on alert: inout Alert, _ context: Context, into effects: inout [Effect]
    ) -> Bool {
        let isDue = context.now >= alert.escalation.startedAt + step.after
        let reachable = recipients(of: step, about: alert.key.subject, context).filter { firstMethod(of: $0, from: 0) != nil }
        let repeatAt = policy(of: alert).repeatEvery.map { context.now + $0 }
        guard !reachable.isEmpty else {
            // Nobody hears of it, so those who were told before are not told later for it.
            alert.escalation.repeatAt = alert.escalation.repeatAt ?? repeatAt
            let hasActed = act(step, number, for: &alert, context, into: &effects)
            // A step that only acts has its time like any other before the next one. One that comes early, because nobody was told before it,
            // keeps nobody waiting.
            if hasActed && step.notify.isEmpty && isDue && alert.escalation.nextStepAt != nil { return true }
            record(&alert, .step_empty, "step=\(number) nobody to tell", context, into: &effects)
            return false
        }
        alert.escalation.isStepReached = false
        alert.escalation.repeatAt = repeatAt
        expectReach(&alert, of: reachable, context)
        record(&alert, .step, "step=\(number) tells=\(reachable.count)", context, into: &effects)
        act(step, number, for: &alert, context, into: &effects)
        notify(&alert, reachable, purpose: .notify, context, into: &effects)
        return true
    }

    private func nextStepTime(_ alert: Alert, _ steps: [EscalationPolicy.Step]) -> EngineTime? {
        let next = alert.escalation.nextStep
        return next < steps.count ? alert.escalation.startedAt + steps[next].after : nil
    }

    /// The people of a step, each once, in order.
    private func recipients(of step: EscalationPolicy.Step, about subject: Subject, _ context: Context) -> [Contact] {
        var seen: Set<ContactID> = []
        return step.notify.flatMap { recipient in
            context.household.contacts(for: recipient, about: subject) { onDuty(in: $0, context) }
        }.filter { seen.insert($0.id).inserted }
    }

    private func onDuty(in roster: RosterID, _ context: Context) -> [ContactID] {
        rules.rosters.first { $0.id == roster }?.contactsOnDuty(at: context.clock.wall(at: context.now)) ?? []
    }

    /// Until owned, everyone whom the steps so far have named is told again, but nobody whom the last message is still trying to reach:
    /// a long outage must not end in a pile of the same words.
    mutating func repeatNotice(_ raised: Alert, _ context: Context, into effects: inout [Effect]) {
        var alert = raised
        guard alert.state == .raised else { return }
        let policy = policy(of: alert)
        alert.escalation.round += 1
        alert.escalation.repeatAt = policy.repeatEvery.map { context.now + $0 }
        let awaited = Set(outbox.unsettled(of: alert.id).filter { $0.purpose == .notify }.map(\.contact))
        let contacts = named(alert, context).filter { !awaited.contains($0.id) && !alert.declined.contains($0.id) }
        expectReach(&alert, of: contacts, context)
        record(&alert, .repeated, "round=\(alert.escalation.round) tells=\(contacts.count)", context, into: &effects)
        notify(&alert, contacts, purpose: .notify, context, into: &effects)
    }

    /// Everyone who can be reached of those whom the steps so far have named, each once, in order.
    func named(_ alert: Alert, _ context: Context) -> [Contact] {
        namedByStep(alert, context).filter { firstMethod(of: $0, from: 0) != nil }
    }

    /// Everyone whom the steps so far have named, each once, in order.
    func namedByStep(_ alert: Alert, _ context: Context) -> [Contact] {
        var seen: Set<ContactID> = []
        return policy(of: alert).steps.prefix(alert.escalation.nextStep)
            .flatMap { recipients(of: $0, about: alert.key.subject, context) }
            .filter { seen.insert($0.id).inserted }
    }

    mutating func closeCleared(_ cleared: Alert, _ context: Context, into effects: inout [Effect]) {
        guard cleared.condition == .cleared else { return }
        happen(.closed(.engine, .auto_cleared, note: ""), to: cleared, context, into: &effects)
    }
}
