// The life of an alert as one state machine (`alert-lifecycle.md`, section 3).
//
//              cancelled
//   PENDING ─────────────────────────────────────────► CLOSED
//      │ windowOver, confirmed                            ▲ │ reopened
//      ▼        accepted            onTheWay, onScene     │ ▼
//   RAISED ───────────────► OWNED ─────────────────► ATTENDING ──closed──► CLOSED
//      ▲                      │                           │
//      └── leaseOver, declined by the owner ──────────────┘
//
// `holds` stand beside the state: while there are any, nobody is told, and nothing else is different.

extension Alert {
    /// What holds an alert in its place, from the policy that it runs under.
    struct Terms {
        let lease: Milliseconds
        let attendingLease: Milliseconds
        /// When each step is due after the raise.
        let steps: [Milliseconds]
    }

    /// Three times within this, and somebody looks after who cancels.
    static let cancellationWindow = Milliseconds.hours(24)
    static let tooManyCancellations = 3
    /// So long a second person may look at how a red alert ended.
    public static let reviewWindow = Milliseconds.hours(7 * 24)

    /// The only door to an alert's state: changes it, and says what follows, in order.
    ///
    /// - Throws: why it cannot happen as things stand; then nothing has changed.
    mutating func take(_ event: AlertEvent, _ terms: Terms, at now: EngineTime) throws(Refusal) -> [AlertAction] {
        if let closure { return try takeClosed(event, closure, terms, at: now) }
        switch event {
        case .windowOver: return state == .pending ? raise(because: "nobody cancelled", at: now) : []
        case .confirmed(let why): return state == .pending ? raise(because: why, at: now) : []
        case .cancelled(let by, let how): return cancel(by, how, at: now)
        case .accepted(let by, let wasAsked): return try accept(by, wasAsked: wasAsked, terms, at: now)
        case .declined(let by, let wasAsked): return try decline(by, wasAsked: wasAsked, terms, at: now)
        case .seen(let by): return [.note(.seen, by: by, "via=\(by.via)")]
        case .onTheWay(let by): return try attend(.on_the_way, by, terms, at: now)
        case .onScene(let by): return try attend(.on_scene, by, terms, at: now)
        case .leaseOver: return leaseOver(terms, at: now)
        case .held(let holds): return hold(holds, at: now)
        case .handOverOffered(let by, let contact): return try offer(by, to: contact, at: now)
        case .closed(let by, let outcome, let note): return try close(by, outcome, note: note, at: now)
        case .reviewed: throw .isOpen(id)
        case .reopened: throw .isOpen(id)
        }
    }

    private mutating func takeClosed(
        _ event: AlertEvent, _ closure: Closure, _ terms: Terms, at now: EngineTime
    ) throws(Refusal) -> [AlertAction] {
        switch event {
        case .reviewed(let by, let note):
            guard highestSeverity == .red else { throw .wasNeverRed(id) }
            if let review { throw .isReviewed(id, by: review.by) }
            guard closure.by.name != by.name else { throw .needsSecondPerson(id, closedBy: closure.by) }
            review = Review(at: now, by: by, note: note)
            return [.note(.reviewed, by: by, "agrees outcome=\(closure.outcome.rawValue)")]
        case .reopened(let by, let why, let window):
            reopen(window: window, at: now)
            let held: [AlertAction] = holds.isEmpty ? [] : [.note(.held, by: .engine, Self.words(holds))]
            return [.note(.reopened, by: by, why)] + held + [.takeBackNews] + (state == .raised ? [.escalate] : [])
        case .windowOver, .confirmed, .cancelled, .leaseOver, .held: return []
        case .accepted, .declined, .seen, .onTheWay, .onScene, .handOverOffered, .closed:
            throw .isClosed(id, closure)
        }
    }

    // MARK: PENDING

    private mutating func raise(because why: String, at now: EngineTime) -> [AlertAction] {
        state = .raised
        raisedAt = now
        pendingUntil = nil
        beginEscalation(at: now)
        return [.note(.raised, by: .engine, why), .escalate]
    }

    /// In time it ends the alert; later it is a word that people hear of, and a human closes.
    private mutating func cancel(_ by: Actor, _ how: String, at now: EngineTime) -> [AlertAction] {
        guard state == .pending else { return [.note(.cancelled, by: by, "\(how); too late to end it")] }
        cancellations = cancellations.filter { now - $0 < Self.cancellationWindow } + [now]
        end(by, .resident_cancelled, note: "", at: now)
        let isTooOften = cancellations.count >= Self.tooManyCancellations
        return [.note(.cancelled, by: by, how), .note(.closed, by: by, "outcome=\(OutcomeCode.resident_cancelled.rawValue)")]
            + (isTooOften ? [.askToCheck] : [])
    }

    // MARK: RAISED, OWNED, ATTENDING

    private mutating func accept(
        _ by: Actor, wasAsked: Bool, _ terms: Terms, at now: EngineTime
    ) throws(Refusal) -> [AlertAction] {
        let isTakingOver = handOver.map { $0.to == by.contact } ?? false
        if let owner, !isTakingOver {
            // The same person again, on another phone: already so.
            guard owner.name != by.name else { return [] }
            throw .isTakenAlready(id, by: owner)
        }
        let before = owner
        own(by, .owned, lease: terms.lease, at: now)
        let from = before.map { " from=\($0.name)" } ?? ""
        // Whoever wants to help may, also one whom nobody asked; the record says so.
        return [.note(.accepted, by: by, "via=\(by.via)\(from)\(wasAsked ? "" : " was_not_asked")"), .tell(.taken)]
    }

    private mutating func decline(
        _ by: Actor, wasAsked: Bool, _ terms: Terms, at now: EngineTime
    ) throws(Refusal) -> [AlertAction] {
        if let handOver, handOver.to == by.contact {
            self.handOver = nil
            return [.note(.hand_over_declined, by: by, "owner=\(owner?.name ?? "-")"), .remindOwner]
        }
        guard let owner else {
            guard wasAsked else { throw .wasNotAsked(by, about: id) }
            if let contact = by.contact, !declined.contains(contact) { declined.append(contact) }
            return [.note(.declined, by: by, "was not the owner"), .escalateIfNobodyIsLeft]
        }
        guard owner.name == by.name else { throw .isTaken(id, by: owner, notBy: by) }
        returnToRaised(terms, at: now)
        return [.note(.declined, by: by, "gives it back"), .takeBackNews, .escalate]
    }

    private mutating func attend(
        _ event: TimelineEntry.Event, _ by: Actor, _ terms: Terms, at now: EngineTime
    ) throws(Refusal) -> [AlertAction] {
        if let owner, owner.name != by.name { throw .isTaken(id, by: owner, notBy: by) }
        let isNewOwner = owner == nil
        own(by, .attending, lease: terms.attendingLease, at: now)
        return [.note(event, by: by, "via=\(by.via)")] + (isNewOwner ? [.tell(.taken)] : [])
    }

    private mutating func offer(_ by: Actor, to contact: ContactID, at now: EngineTime) throws(Refusal) -> [AlertAction] {
        guard let owner else { throw .nobodyHas(id) }
        // The desk may do it for the owner, who may have telephoned.
        guard owner.name == by.name || by.contact == nil else {
            throw .isNotYours(id, owner: owner, actor: by)
        }
        guard owner.contact != contact else { throw .hasItAlready(id, contact) }
        handOver = HandOver(to: contact, by: by, at: now)
        return [.note(.hand_over_offered, by: by, "to=\(contact)"), .offer(to: contact)]
    }

    private mutating func own(_ by: Actor, _ state: AlertState, lease: Milliseconds, at now: EngineTime) {
        self.state = state
        owner = by
        leaseUntil = now + lease
        handOver = nil
        pendingUntil = nil
        escalation.rest()
    }

    private mutating func leaseOver(_ terms: Terms, at now: EngineTime) -> [AlertAction] {
        guard let owner else { return [] }
        returnToRaised(terms, at: now)
        return [.note(.lease_expired, by: .engine, "owner=\(owner.name) made no progress"), .takeBackNews, .escalate]
    }

    /// Nobody has it any more; the steps after this keep their distances from the next one.
    private mutating func returnToRaised(_ terms: Terms, at now: EngineTime) {
        state = .raised
        askedAnewAt = now
        owner = nil
        leaseUntil = nil
        handOver = nil
        notice += 1
        if holds.isEmpty { escalation.resume(terms.steps, at: now) }
    }

    /// While something holds it, nobody is to be reached.
    private mutating func beginEscalation(at now: EngineTime) {
        if holds.isEmpty { escalation.begin(at: now) } else { escalation.rest() }
    }

    /// Let go, it begins where it still stands and nobody has it.
    private mutating func hold(_ holds: [AlertHold], at now: EngineTime) -> [AlertAction] {
        self.holds = holds
        guard holds.isEmpty else {
            if state == .raised { escalation.rest() }
            return [.note(.held, by: .engine, Self.words(holds)), .takeBack]
        }
        guard state == .raised, condition != .cleared else { return [.note(.released, by: .engine, "")] }
        notice += 1
        escalation.begin(at: now)
        return [.note(.released, by: .engine, "escalation begins"), .escalate]
    }

    static func words(_ holds: [AlertHold]) -> String { holds.map(\.description).joined(separator: " ") }

    // MARK: CLOSED

    private mutating func close(
        _ by: Actor, _ outcome: OutcomeCode, note: String, at now: EngineTime
    ) throws(Refusal) -> [AlertAction] {
        if by == .engine {
            guard highestSeverity != .red else { throw .wasRed(id) }
        } else if outcome == .auto_cleared {
            throw .isTheWatchsWord(outcome)
        }
        end(by, outcome, note: note, at: now)
        return [.note(.closed, by: by, "outcome=\(outcome.rawValue)"), .tell(.closed)]
    }

    private mutating func end(_ by: Actor, _ outcome: OutcomeCode, note: String, at now: EngineTime) {
        state = .closed
        closure = Closure(at: now, by: by, outcome: outcome, note: note)
        pendingUntil = nil
        leaseUntil = nil
        handOver = nil
        closeAt = nil
        holds = []
        escalation.rest()
    }

    private mutating func reopen(window: Milliseconds, at now: EngineTime) {
        state = window > .zero ? .pending : .raised
        pendingUntil = window > .zero ? now + window : nil
        askedAnewAt = now
        closure = nil
        review = nil
        owner = nil
        leaseUntil = nil
        declined = []
        notice += 1
        if state == .raised { beginEscalation(at: now) }
    }
}
