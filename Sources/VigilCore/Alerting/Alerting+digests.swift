// What is more than a person can take is told together (`promises.md`, 4).

extension Alerting {
    /// Until when a message is kept back: by its recipient's quiet hours, or because they are told too much as it is. nil when it goes at once.
    ///
    /// - Parameter alert: what it is about, where that is still known.
    func deferredUntil(_ delivery: Delivery, about alert: Alert?, _ context: Context) -> EngineTime? {
        let quiet = quietUntil(delivery.contact, delivery.severity, delivery.message.purpose, about: alert, context)
        return [quiet, gatheredUntil(delivery, about: alert, context)].compactMap { $0 }.max()
    }

    /// Until when more of its kind is gathered. What was let out once is not kept back again, and who waits is joined.
    private func gatheredUntil(_ delivery: Delivery, about alert: Alert?, _ context: Context) -> EngineTime? {
        guard delivery.admittedAt == nil, let group = delivery.group else { return nil }
        let earliest = outbox.pace.earliest(
            for: group, about: delivery.alert, askedAnewAt: alert?.askedAnewAt, at: context.now)
        let others = outbox.keptUntil(in: group).flatMap { $0 > context.now ? $0 : nil }
        return earliest.map { min($0, others ?? $0) }
    }

    /// What was kept back of a group is due: one goes as it is, several go as one message, and what is too much still waits on.
    mutating func letOut(_ group: MessageGroup, _ context: Context, into effects: inout [Effect]) {
        let due = outbox.due(in: group, at: context.now)
        guard let first = due.first else { return }
        let moments = due.map {
            outbox.pace.earliest(for: group, about: $0.alert, askedAnewAt: book[$0.alert]?.askedAnewAt, at: context.now) ?? context.now
        }
        let earliest = moments.min() ?? context.now
        if earliest > context.now {
            for delivery in due {
                outbox.reschedule(delivery.id, to: earliest, at: context.now, into: &effects)
                guard var alert = subject(of: delivery, context) else { continue }
                noteDeferred(&alert, delivery.contact, until: earliest, context, into: &effects)
            }
        } else if outbox.pace.takesSingly(due.count, of: group, at: context.now) {
            for delivery in due { outbox.letOut(delivery, at: context.now, into: &effects) }
        } else {
            outbox.group(due, into: digest(of: due, first, context), at: context.now, into: &effects)
        }
    }

    private func digest(of members: [Delivery], _ first: Delivery, _ context: Context) -> Delivery {
        var digest = first
        digest.id = DeliveryID("digest/\(first.id)")
        digest.purpose = .digest
        digest.message = writer(context).digest(of: members.map { ($0.message, book[$0.alert]?.key.subject) })
        digest.createdAt = context.now
        digest.dueAt = context.now
        digest.expiresAt = members.map(\.expiresAt).min() ?? first.expiresAt
        return digest
    }
}
