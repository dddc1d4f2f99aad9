// Messages: one per person and channel, and what becomes of them (`alert-lifecycle.md`, section 6).

extension Alerting {
    /// How long a message is worth sending.
    static let lifetime = Milliseconds.hours(24)
    /// That something was missed is worth telling for longer.
    private static let summaryLifetime = Milliseconds.hours(30 * 24)

    /// Writes a message to each of them. Who has one about the alert that still waits is not sent another behind it: that one goes as soon
    /// as it may, and a device that cries without end keeps nobody else's alarm from anybody.
    mutating func notify(
        _ alert: inout Alert, _ contacts: [Contact], purpose: Delivery.Purpose, _ context: Context, into effects: inout [Effect]
    ) {
        // A rise is news also to whom the lesser message has not reached yet.
        let waiting = outbox.unsettled(of: alert.id).filter {
            $0.purpose == .notify && $0.state == .ready && $0.severity >= alert.severity
        }
        for contact in contacts {
            let ahead = purpose == .notify ? waiting.filter { $0.contact == contact.id } : []
            if ahead.isEmpty {
                send(&alert, purpose, to: contact, fromMethod: 0, like: nil, context, into: &effects)
            } else {
                for delivery in ahead { hasten(delivery, of: &alert, context, into: &effects) }
            }
        }
    }

    /// Writes a delivery for the first of the contact's methods, from the given one on, whose channel exists.
    ///
    /// - Parameter failed: the delivery that this one stands in for: same step and round.
    private mutating func send(
        _ alert: inout Alert, _ purpose: Delivery.Purpose, to contact: Contact, fromMethod: Int, like failed: Delivery?,
        _ context: Context, into effects: inout [Effect]
    ) {
        guard let method = firstMethod(of: contact, from: fromMethod) else { return }
        let step = failed?.step ?? max(0, alert.escalation.nextStep - 1)
        let round = failed?.round ?? alert.escalation.round
        let notice = failed?.notice ?? alert.notice
        let way = contact.methods[method]
        let twin = contact.methods[..<method].contains { $0.channel == way.channel } ? "#\(method)" : ""
        let id = "\(alert.id)/n\(notice)/\(purpose.rawValue)/s\(step).\(round)/\(contact.id)/\(way.channel)\(twin)"
        let words = rules.rules.first { $0.id == alert.rule }?.message
        let message = writer(context).message(alert, words: words, purpose: purpose, to: contact, at: context.now)
        var delivery = Delivery(
            id: DeliveryID(id), alert: alert.id, notice: notice, purpose: purpose, step: step, round: round, contact: contact.id,
            channel: way.channel, address: way.address, method: method, severity: alert.severity, message: message, state: .ready,
            createdAt: context.now, dueAt: context.now, lease: 0, leaseUntil: nil, lastFailure: nil,
            expiresAt: context.now + Self.lifetime)
        let deferred = deferredUntil(delivery, about: alert, context)
        delivery.dueAt = deferred ?? context.now
        outbox.add(delivery, at: context.now, into: &effects)
        if let deferred { noteDeferred(&alert, contact.id, until: deferred, context, into: &effects) }
    }

    func writer(_ context: Context) -> MessageWriter {
        MessageWriter(household: context.household, clock: context.clock, timeZone: rules.timeZone)
    }

    func firstMethod(of contact: Contact, from start: Int) -> Int? {
        contact.methods.indices.first { $0 >= start && outbox.has(contact.methods[$0].channel) }
    }

    /// The result of an attempt. A failure moves to the person's next channel at once, and then to the next step.
    mutating func settle(_ result: DeliveryResult, _ context: Context, into effects: inout [Effect]) {
        guard let settlement = outbox.settle(result, at: context.now, into: &effects) else { return }
        conclude(settlement, context, into: &effects)
    }

    /// While nothing can be stored nothing but red is leased.
    mutating func note(_ health: Health, _ context: Context, into effects: inout [Effect]) {
        guard health.component == .storage else { return }
        switch health.state {
        case .down: outbox.recordingEnded()
        case .up, .low:
            keepQuiet(context, into: &effects)
            outbox.recordingBegan(at: context.now, into: &effects)
        case .sessionLost, .limited, .replaced: break
        }
    }

    /// Takes new rules over. What waits for a channel that is gone moves on as after a failure.
    mutating func use(_ rules: RuleSet, _ context: Context, into effects: inout [Effect]) {
        self.rules = rules
        outbox.pace.cap = rules.messageCap
        for settlement in outbox.use(rules.lanes, at: context.now, into: &effects) { conclude(settlement, context, into: &effects) }
    }

    mutating func conclude(_ settlement: Settlement, _ context: Context, into effects: inout [Effect]) {
        let delivery = settlement.delivery
        if delivery.purpose == .digest {
            for member in outbox.settleMembers(settlement, into: &effects) { conclude(member, context, into: &effects) }
            return
        }
        if delivery.isAction { return concludeAction(settlement, context, into: &effects) }
        if settlement.isExpired { summarise(delivery, context, into: &effects) }
        let deferred = delivery.state == .ready ? deferRetry(delivery, context, into: &effects) : nil
        // A start finds alerts that a longer life had forgotten; both must say the same.
        guard var alert = book[delivery.alert], !isForgettable(alert, context) else { return }
        let together = delivery.digest == nil ? "" : " in a digest"
        let what = "contact=\(delivery.contact) channel=\(delivery.channel) attempt=\(delivery.attempts)\(together)"
        if delivery.state == .delivered {
            noteArrival(delivery, in: &alert)
            record(&alert, .delivered, "\(delivery.purpose.rawValue) \(what)", context, into: &effects)
            releaseActions(of: alert.id, context, into: &effects)
            return
        }
        if let deferred { recordDeferred(&alert, delivery.contact, until: deferred, context, into: &effects) }
        // A retry that fails like the one before is no news for the timeline; the outbox row counts it.
        guard settlement.isFirstFailure || delivery.state == .failed else { return }
        let verdict = settlement.isExpired ? "expired" : delivery.state == .failed ? "permanent" : "retrying"
        let cause = settlement.cause.map { " cause=\($0.rawValue)" } ?? ""
        record(&alert, .delivery_failed, "\(delivery.purpose.rawValue) \(what) \(verdict)\(cause)", context, into: &effects)
        fallThrough(settlement, of: alert, context, into: &effects)
    }

    private func noteArrival(_ delivery: Delivery, in alert: inout Alert) {
        // That something was missed tells nobody of the alert.
        guard delivery.purpose != .summary else { return }
        if !alert.told.contains(delivery.contact) { alert.told.append(delivery.contact) }
        guard delivery.purpose == .notify else { return }
        alert.escalation.isStepReached = true
        alert.escalation.reachBy = nil
        alert.escalation.unreachableSince = nil
    }

    /// What expired is not told late and one by one: the person hears once, over the same channel, that something was missed.
    private mutating func summarise(_ expired: Delivery, _ context: Context, into effects: inout [Effect]) {
        guard expired.purpose != .summary, outbox.has(expired.channel), let contact = context.household.contacts[expired.contact],
            !outbox.isSummaryPending(for: expired.contact, on: expired.channel)
        else { return }
        var summary = expired
        summary.purpose = .summary
        // The key of what expired under another purpose, and so as unique.
        let stem = "\(expired.alert)/n\(expired.notice)/"
        let rest = expired.id.rawValue.dropFirst(stem.count + expired.purpose.rawValue.count)
        summary.id = DeliveryID("\(stem)\(summary.purpose.rawValue)\(rest)")
        summary.severity = .yellow
        summary.message = writer(context).summary(of: expired, to: contact)
        summary.state = .ready
        summary.createdAt = context.now
        summary.dueAt = quietUntil(summary, context) ?? context.now
        summary.lease = 0
        summary.leaseUntil = nil
        summary.lastFailure = nil
        summary.admittedAt = nil
        summary.digest = nil
        summary.expiresAt = context.now + Self.summaryLifetime
        outbox.add(summary, at: context.now, into: &effects)
    }

    /// The latest ring of an alert that somebody has went to that person, and did not arrive. What was pending when they took it was
    /// taken back, so it is a ring of something that happened since.
    private func isRingOfOwner(_ failed: Delivery, _ alert: Alert) -> Bool {
        failed.purpose == .notify && alert.isOpen && alert.owner?.contact == failed.contact
            && !outbox.unsettled(of: alert.id).contains {
                $0.purpose == .notify && $0.contact == failed.contact && $0.notice > failed.notice
            }
    }

    /// Something happened again, and the one who took it cannot be reached: those ring who were named before.
    private mutating func tellOthersThanOwner(_ open: Alert, _ context: Context, into effects: inout [Effect]) {
        var alert = open
        let others = named(alert, context).filter { $0.id != alert.owner?.contact }
        if others.isEmpty { return happen(.leaseOver, to: alert, context, into: &effects) }
        record(&alert, .repeated, "the owner is not reached: \(others.count) others are told", context, into: &effects)
        notify(&alert, others, purpose: .notify, context, into: &effects)
    }

    private mutating func fallThrough(_ settlement: Settlement, of known: Alert, _ context: Context, into effects: inout [Effect]) {
        var alert = known
        let failed = settlement.delivery
        if settlement.isFirstFailure, failed.purpose != .summary, let contact = context.household.contacts[failed.contact] {
            let pendingBefore = outbox.count
            // The list may have been put in another order since: neither this way again nor one that was tried before it.
            let place = contact.methods.firstIndex { $0.channel == failed.channel && $0.address == failed.address }
            let next = max(failed.method, place ?? 0) + 1
            send(&alert, failed.purpose, to: contact, fromMethod: next, like: failed, context, into: &effects)
            if outbox.count > pendingBefore { return }
            if isRingOfOwner(failed, alert) { return tellOthersThanOwner(alert, context, into: &effects) }
        }
        guard failed.state == .failed, failed.purpose == .notify, alert.state == .raised, !alert.escalation.isStepReached else {
            return
        }
        let isHopeful = outbox.unsettled(of: alert.id).contains { $0.purpose == .notify && !$0.isDeferred(at: context.now) }
        if !isHopeful { advance(alert, context, into: &effects) }
    }

    /// Takes back what has not been sent of these purposes, and nothing else about the alert.
    mutating func takeBack(_ purposes: [Delivery.Purpose], of alert: Alert, into effects: inout [Effect]) {
        outbox.withdraw(outbox.unsettled(of: alert.id).filter { purposes.contains($0.purpose) }.map(\.id), into: &effects)
    }

    /// Takes back every message about the alert that has not been sent, and returns who was told or may have been.
    mutating func withdrawPending(_ alert: Alert, _ context: Context, into effects: inout [Effect]) -> [ContactID] {
        let pending = outbox.unsettled(of: alert.id).filter { $0.group != nil }
        let underWay = pending.filter { outbox.isUnderWay($0) && !alert.told.contains($0.contact) }.map(\.contact)
        outbox.withdraw(pending.map(\.id), into: &effects)
        var seen = Set(alert.told)
        return alert.told + underWay.filter { seen.insert($0).inserted }
    }
}
