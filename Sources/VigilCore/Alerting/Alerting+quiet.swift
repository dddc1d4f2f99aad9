// Quiet hours hold messages, never evaluation, and never red (`alert-lifecycle.md`, section 5).

extension Alerting {
    /// Until when a message to somebody waits for their quiet to end; nil when it goes at once.
    ///
    /// - Parameters:
    ///   - alert: what it is about, where that is still known.
    ///   - time: when it would go; now unless told otherwise.
    func quietUntil(
        _ contact: ContactID, _ severity: Severity, _ purpose: Delivery.Purpose, about alert: Alert?, at time: EngineTime? = nil,
        _ context: Context
    ) -> EngineTime? {
        let time = time ?? context.now
        // A wall that is not to be believed keeps nobody's quiet.
        guard severity != .red, context.clock.isTrusted, let quiet = context.household.contacts[contact]?.quietHours,
            let end = quiet.end(at: context.clock.wall(at: time), zone: rules.timeZone)
        else { return nil }
        var until = context.clock.time(of: end)
        if let alert {
            // What was red once is told as red; and whoever has it wants to hear of it.
            guard alert.highestSeverity != .red, alert.owner?.contact != contact else { return nil }
            // What nobody has breaks through.
            if severity == .yellow, purpose == .notify, alert.isOpen, alert.owner == nil {
                until = min(until, alert.escalation.startedAt + policy(of: alert).quietCap)
            }
        }
        return until > time ? until : nil
    }

    func quietUntil(_ delivery: Delivery, at time: EngineTime? = nil, _ context: Context) -> EngineTime? {
        let alert = subject(of: delivery, context)
        return quietUntil(delivery.contact, delivery.severity, delivery.message.purpose, about: alert, at: time, context)
    }

    /// The alert that a message is about. A start finds alerts that a longer life had forgotten; both must say the same.
    func subject(of delivery: Delivery, _ context: Context) -> Alert? {
        book[delivery.alert].flatMap { isForgettable($0, context) ? nil : $0 }
    }

    /// Where everybody who is told sleeps, nobody is missed before the first of them is woken. Whom a message was sent to before that is.
    func expectReach(_ alert: inout Alert, of contacts: [Contact], _ context: Context) {
        let awaited = outbox.unsettled(of: alert.id).filter { $0.purpose == .notify && !$0.isDeferred(at: context.now) }.map(\.contact)
        let wakings = contacts.filter { !awaited.contains($0.id) }.map {
            quietUntil($0.id, alert.severity, .notify, about: alert, context) ?? context.now
        }
        let first = awaited.isEmpty ? wakings.min() : context.now
        guard let first, let reachBy = alert.escalation.reachBy else { return }
        let limit = first + EscalationProgress.reachPatience
        alert.escalation.reachBy = first > context.now ? max(reachBy, limit) : min(reachBy, limit)
    }

    /// Defers an attempt that is to be made again, where it would fall into somebody's quiet; returns until when.
    mutating func deferRetry(_ retry: Delivery, _ context: Context, into effects: inout [Effect]) -> EngineTime? {
        guard let until = quietUntil(retry, at: retry.dueAt, context) else { return nil }
        outbox.reschedule(retry.id, to: until, at: context.now, into: &effects)
        return until
    }

    /// What waits is not to wait for its next try any longer, but for what holds it back only.
    mutating func hasten(_ delivery: Delivery, of alert: inout Alert, _ context: Context, into effects: inout [Effect]) {
        let deferred = deferredUntil(delivery, about: alert, context)
        guard (deferred ?? context.now) < delivery.dueAt else { return }
        outbox.reschedule(delivery.id, to: deferred ?? context.now, at: context.now, into: &effects)
        if let deferred { noteDeferred(&alert, delivery.contact, until: deferred, context, into: &effects) }
    }

    /// Records it where it is worth a line: a few seconds in which more may come are not.
    mutating func noteDeferred(
        _ alert: inout Alert, _ contact: ContactID, until: EngineTime, _ context: Context, into effects: inout [Effect]
    ) {
        guard until - context.now >= .minutes(1) else { return }
        recordDeferred(&alert, contact, until: until, context, into: &effects)
    }

    mutating func recordDeferred(
        _ alert: inout Alert, _ contact: ContactID, until: EngineTime, _ context: Context, into effects: inout [Effect]
    ) {
        let time = LocalTime.hoursAndMinutes(context.clock.wall(at: until), zone: rules.timeZone)
        record(&alert, .deferred, "contact=\(contact) until=\(time)", context, into: &effects)
    }

    /// Before a start, or storage that works again, hands out slots: what waits since the evening does not go in the night.
    mutating func keepQuiet(_ context: Context, into effects: inout [Effect]) {
        for delivery in outbox.all where !delivery.isDeferred(at: context.now) { reconsider(delivery, context, into: &effects) }
    }

    /// What is held, and what waits for a slot, is judged anew: quiet hours, the wall or the alert have changed.
    mutating func reconsiderQuiet(_ context: Context, into effects: inout [Effect]) {
        for delivery in outbox.all { reconsider(delivery, context, into: &effects) }
    }

    mutating func reconsiderQuiet(of alert: AlertID, _ context: Context, into effects: inout [Effect]) {
        for delivery in outbox.unsettled(of: alert) { reconsider(delivery, context, into: &effects) }
    }

    private mutating func reconsider(_ delivery: Delivery, _ context: Context, into effects: inout [Effect]) {
        let isRetry = delivery.isRetryDeferred(at: context.now)
        let isDeferred = isRetry || delivery.isDeferred(at: context.now)
        guard delivery.state == .ready, isDeferred || delivery.dueAt <= context.now else { return }
        // A retry that fell into a quiet that is still to come is not due before it.
        let coming = isRetry ? quietUntil(delivery, at: context.now + Backoff.longest, context) : nil
        let deferred = [deferredUntil(delivery, about: subject(of: delivery, context), context), coming].compactMap { $0 }.max()
        let until = deferred ?? context.now
        // A wall that is put right by seconds is no news.
        let shift = max(until, delivery.dueAt) - min(until, delivery.dueAt)
        guard isDeferred ? shift >= .minutes(1) || until == context.now : until > context.now else { return }
        outbox.reschedule(delivery.id, to: until, at: context.now, into: &effects)
        for told in outbox.told(by: delivery) {
            guard var alert = subject(of: told, context) else { continue }
            if told.purpose == .notify, let reachBy = alert.escalation.reachBy {
                alert.escalation.reachBy = min(reachBy, until + EscalationProgress.reachPatience)
            }
            recordDeferred(&alert, told.contact, until: until, context, into: &effects)
        }
    }
}
