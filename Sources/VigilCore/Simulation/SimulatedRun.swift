/// One alert on its way through the engine while the virtual clock jumps from one deadline to the next.
struct SimulatedRun {
    /// More lines than anybody reads; a policy that repeats each minute and whose last step is a month away has more.
    private static let longest = 500

    private(set) var lines: [SimulatedLine] = []
    private(set) var isComplete = false
    /// What the alert runs under.
    var policy: PolicyID { alert?.escalation.policy ?? "" }

    private var alerting = Alerting()
    private let household: Household
    private let start: EngineTime
    // Virtual time is the wall's own.
    private let clock = ClockReading(wallOffset: .zero, isTrusted: true)
    private var now: EngineTime
    private var alert: Alert?
    private var roundsAfterLastStep = 0
    private var deferred: [DeliveryID: EngineTime] = [:]

    init(household: Household, rules: RuleSet, start: WallTime) {
        self.household = household
        self.start = EngineTime(start.rawValue)
        now = self.start
        // There is nothing yet that new rules could move.
        var none: [Effect] = []
        alerting.use(rules, context, into: &none)
    }

    private var context: Alerting.Context { Alerting.Context(now: now, household: household, orders: OrderBook(), clock: clock) }

    mutating func follow(_ finding: Finding) {
        var effects: [Effect] = []
        alerting.take(finding, context, into: &effects)
        carryOut(effects)
        while !isOver, lines.count < Self.longest, let due = alerting.nextDeadline {
            now = max(now, due)
            effects = []
            alerting.fireDeadlines(context, into: &effects)
            carryOut(effects)
        }
        isComplete = isOver || lines.count < Self.longest
    }

    private var isOver: Bool {
        guard let alert, alert.state == .raised, alert.escalation.nextStepAt == nil else { return false }
        guard alert.escalation.repeatAt == nil else { return roundsAfterLastStep > 0 }
        return alerting.outbox.unsettled(of: alert.id).isEmpty
    }

    /// Does what the shell does, where every message arrives at once.
    private mutating func carryOut(_ decided: [Effect]) {
        var effects = decided[...]
        while let effect = effects.popFirst() {
            switch effect {
            case .alert(let alert, let entry): note(alert, entry)
            case .delivery(let delivery):
                note(delivery)
                guard delivery.state == .sending else { continue }
                let arrival = DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: .delivered)
                var answers: [Effect] = []
                alerting.settle(arrival, context, into: &answers)
                effects += answers
            default: continue
            }
        }
    }

    private mutating func note(_ changed: Alert, _ entry: TimelineEntry) {
        alert = changed
        let step = changed.escalation.nextStep - 1
        switch entry.event {
        case .pending:
            var line = line(.pending)
            line.until = changed.pendingUntil.map(clock.wall)
            lines.append(line)
        case .step_empty:
            var line = line(.empty, step: step)
            let steps = alerting.policy(of: changed).steps
            line.recipients = steps.indices.contains(step) ? steps[step].notify.map(\.text) : []
            lines.append(line)
        case .nobody_reachable: lines.append(line(.nobodyReachable))
        case .repeated: if changed.escalation.nextStepAt == nil { roundsAfterLastStep += 1 }
        default: return
        }
    }

    private mutating func note(_ delivery: Delivery) {
        switch delivery.state {
        case .sending where delivery.purpose == .act:
            var line = line(.acted, step: delivery.step)
            line.channel = delivery.channel
            lines.append(line)
        case .sending: lines.append(line(.told, delivery))
        case .ready where delivery.isDeferred(at: now) && deferred[delivery.id] != delivery.dueAt:
            deferred[delivery.id] = delivery.dueAt
            var line = line(.deferred, delivery)
            line.until = clock.wall(at: delivery.dueAt)
            line.cause = alerting.quietUntil(delivery, context) == nil ? .messageCap : .quietHours
            lines.append(line)
        default: return
        }
    }

    private func line(_ event: SimulatedLine.Event, step: Int? = nil) -> SimulatedLine {
        SimulatedLine(event, after: now - start, at: clock.wall(at: now), step: step)
    }

    private func line(_ event: SimulatedLine.Event, _ delivery: Delivery) -> SimulatedLine {
        var line = line(event, step: delivery.step)
        let contact = household.contacts[delivery.contact]
        line.round = delivery.round
        line.contact = delivery.contact
        line.name = contact?.name
        line.role = contact?.role
        line.channel = delivery.channel
        line.address = delivery.address
        line.method = delivery.method
        return line
    }
}
