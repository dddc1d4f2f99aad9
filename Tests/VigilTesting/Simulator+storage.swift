import VigilCore

// A disk that takes nothing for a while, and what the gateway does meanwhile (`architecture.md`, rule 6).

extension Simulator {
    /// What the gateway says to the engine waits in the inbox, and keeps its order there.
    private static let inboxWait: Int64 = 20

    /// The turn that was to be stored is the first that is retained.
    mutating func beginOutage() {
        outage = SimulatorOutage(endsAt: now + Milliseconds(random.number(0...600_000)))
        expect(.health(Health(.storage, .down)), after: Self.inboxWait)
        retain()
    }

    /// Red leaves; what else was leased is given to nobody, and its slot comes back.
    mutating func retain() {
        let turn = draft
        draft = SimulatorTurn()
        for delivery in turn.turn.deliveries where delivery.state == .sending {
            if delivery.severity == .red {
                outage?.unrecorded.append(SimulatorAttempt(delivery: delivery.id, lease: delivery.lease))
                send(delivery)
            } else {
                expect(
                    .deliveryResult(DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: nil)), after: Self.inboxWait)
            }
        }
        outage?.retained.append(turn)
    }

    /// One transaction: what was retained, and a whole snapshot.
    mutating func endOutage() {
        if !draft.turn.journal.isEmpty { retain() }
        guard var turn = outage?.retained else { return }
        outage = nil
        turn.add(engine.takeSnapshot(whole: true))
        store.commit(turn.turn)
        effects.merge(turn.effects) { _, new in new }
        unacknowledged = []
        expect(.health(Health(.storage, random.oneIn(4) ? .low : .up)), after: Self.inboxWait)
    }

    /// What was not stored has never been; that it left nobody knows.
    mutating func forgetOutage() {
        for attempt in outage?.unrecorded ?? [] {
            attempts[attempt.delivery]?.removeAll { $0 == attempt.lease }
            if attempts[attempt.delivery]?.isEmpty == true { attempts[attempt.delivery] = nil }
        }
        // The cap knows nothing of it either.
        if outage != nil { (leasedAt, letOut, lastTold) = ([:], [:], [:]) }
        outage = nil
        isOutageKnown = false
    }

    /// While the engine knows that nothing can be stored it leases red alone, and red waits for nothing but attempts that were made.
    mutating func checkOutage(_ input: Input, _ fresh: [Effect]) {
        // With the news come the deadlines before it, and what they leased is given back.
        let wasKnown = isOutageKnown
        switch input {
        case .health(let health) where health.component == .storage: isOutageKnown = health.state == .down
        case .started: isOutageKnown = false
        default: break
        }
        guard wasKnown, isOutageKnown else { return }
        for delivery in fresh.deliveries where delivery.state == .sending {
            check(delivery.severity == .red, "\(delivery.id) is leased and cannot be stored")
        }
        let isGivingBack = expected.contains { if case .deliveryResult(let result) = $0.input { result.outcome == nil } else { false } }
        guard !isGivingBack else { return }
        for delivery in engine.deliveries where delivery.severity == .red && delivery.state == .ready && delivery.dueAt <= engine.now {
            guard let limits = engine.rules.channels.first(where: { $0.id == delivery.channel }) else { continue }
            let taken = (underWay[delivery.channel] ?? [:]).count { $0.value > engine.now }
            check(taken >= limits.concurrency, "\(delivery.id) waits for a slot that nobody uses")
        }
    }
}
