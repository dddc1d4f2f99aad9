/// Everything that Vigil decides: inputs in, effects out, mutated in place.
///
/// Pure and deterministic: no clock, no chance, no I/O, no dependence on the order of a dictionary. The same inputs give the same effects,
/// byte for byte, and that is the replay, the recovery and the tests.
public struct Engine: Sendable {
    private var detection: Detection
    private var alerting = Alerting()
    private var orders = OrderBook()
    /// Alerts that were closed, for the journal's tail only.
    private var endings: [AlertID: Alert] = [:]
    /// The engine's time: the latest stamp.
    public private(set) var now = EngineTime(0)
    /// The last input that was taken.
    public private(set) var sequence: Int64 = 0

    public init(decoders: [any PayloadDecoder]) { detection = Detection(decoders: decoders) }

    public var registry: Registry { detection.household.registry }
    public var rules: RuleSet { alerting.rules }
    public var clock: ClockReading { detection.clock }
    public var openAlerts: [Alert] { alerting.book.open }
    /// Alerts that are open, or closed so recently that they may reopen; in order of their ids.
    public var alerts: [Alert] { alerting.book.all.sorted { $0.id < $1.id } }
    /// Deliveries that are not settled, in order of their ids.
    public var deliveries: [Delivery] { alerting.outbox.all }
    /// What people have put in force or planned, in the order in which they did.
    public var standingOrders: [StandingOrder] { orders.orders }
    /// Who is not protected as they should be now, and by what cause.
    public var blindList: [Blindness] {
        let standing = detection.standingFindings().filter { !detection.rules.isShadow($0.rule) }
            .map { (AlertKey(kind: $0.kind, subject: $0.subject), $0.evidence.at) }
        return alerting.blindList(
            detection.household, standing: Dictionary(standing) { first, _ in first },
            deafSources: { detection.deafSources(of: $0) }, givesSigns: { detection.givesSigns($0) }, gap: detection.gap)
    }
    /// How many residents a gap left unobserved.
    public var unobservedCount: Int { detection.unobservedCount }
    /// What the engine knows of how well everyone is protected.
    public var coverageFacts: CoverageFacts {
        CoverageFacts(
            registry: registry, rules: rules, now: now, clock: clock, devices: detection.heard, blindList: blindList,
            orders: standingOrders, paused: orders.paused(at: now))
    }
    /// What is known of every registered device.
    public var deviceFacts: DeviceFacts {
        DeviceFacts(registry: registry, rules: rules, now: now, conditions: detection.conditions(at: now))
    }
    /// What was made of messages of registered devices, by their places in the journal; of the latest few thousand, in this life or in the
    /// journal's tail.
    public func verdicts(of sequences: Set<Int64>) -> [Int64: FrameVerdict] { detection.verdicts.verdicts(of: sequences) }
    /// How many deliveries wait or are under way, by channel.
    public var unsettledDeliveries: [ChannelID: Int] { alerting.outbox.counts }

    /// When the engine wants to be called again, at the latest.
    public var nextDeadline: EngineTime? {
        EngineTime.earlier(orders.nextDeadline, EngineTime.earlier(detection.nextDeadline, alerting.nextDeadline))
    }

    /// Whether a session of this source ever stood, in this life or one before.
    public func hasHeard(_ source: SourceID) -> Bool { detection.hearing.knows(source) }

    // MARK: Running

    /// Reads frames from here on by the same decoders with other keys. No input says so, for keys belong in no journal: a snapshot has to
    /// follow, so that no recovery reads by these keys what was read by others.
    public mutating func use(_ decoders: [any PayloadDecoder]) { detection.use(decoders) }

    /// Takes one input; appends what follows from it.
    ///
    /// Due deadlines fire first, in order and each at its own time. A start is looked at before any time passes: the gap that it tells of
    /// must not count as silence.
    public mutating func apply(_ stamped: StampedInput, into effects: inout [Effect]) {
        let time = max(stamped.at, now)
        begin(stamped, at: time)
        if case .started = stamped.input { alerting.resume(context, into: &effects) }
        advance(to: time, into: &effects)
        take(stamped.input, at: time, into: &effects)
    }

    /// What must be known before time passes.
    private mutating func begin(_ stamped: StampedInput, at time: EngineTime) {
        sequence = stamped.sequence
        if case .started(let start) = stamped.input {
            detection.started(at: time, after: start.gap)
            detection.clock = start.clock
            // What became due while nobody was there is due now, once: nothing can be told in the past.
            now = time
        }
        if case .deadline(let heardUntil) = stamped.input { detection.heard(heardUntil, at: time) }
    }

    private mutating func advance(to time: EngineTime, into effects: inout [Effect]) {
        while let due = nextDeadline, due <= time {
            now = max(now, due)
            if orders.fireDeadlines(at: now, into: &effects) { ordersChanged(into: &effects) }
            var detected: [Effect] = []
            detection.fireDeadlines(at: now, into: &detected)
            decide(detected, into: &effects)
            alerting.fireDeadlines(context, into: &effects)
            settleHolds(into: &effects)
        }
        now = time
    }

    private mutating func take(_ input: Input, at time: EngineTime, into effects: inout [Effect]) {
        var detected: [Effect] = []
        switch input {
        case .frame(let frame): detection.observe(frame, numbered: sequence, at: time, into: &detected)
        case .health(let health):
            alerting.note(health, context, into: &effects)
            detection.note(health, at: time, into: &detected)
        case .registryChange(let registry):
            detection.use(registry, at: time)
            alerting.lookAround(context, into: &effects)
            reconcile("after the registry changed", into: &effects)
            alerting.reviewHolds(context, into: &effects)
        case .rulesChange(let rules):
            use(rules, at: time, into: &effects)
            alerting.lookAround(context, into: &effects)
            reconcile("after the rules changed", into: &effects)
            alerting.reviewHolds(context, into: &effects)
        case .clock(let reading):
            detection.clock = reading
            alerting.lookAround(context, into: &effects)
        case .deliveryResult(let result): alerting.settle(result, context, into: &effects)
        case .command(let command): carryOut(command, at: time, into: &effects)
        case .started: reconcile(into: &effects)
        case .seen, .deadline: break
        }
        decide(detected, into: &effects)
        if alerting.hasHoldsToSettle { settleHolds(into: &effects) }
    }

    // Apart, so that the context is not made for every frame.
    @inline(never)
    private mutating func settleHolds(into effects: inout [Effect]) { alerting.settleHolds(context, into: &effects) }

    /// Passes on what detection said; its findings go to the alerts as they come.
    private mutating func decide(_ detected: [Effect], into effects: inout [Effect]) {
        for effect in detected {
            effects.append(effect)
            guard case .finding(let finding) = effect, !detection.rules.isShadow(finding.rule) else { continue }
            if let severity = detection.rules.severityStillSeen(of: finding) {
                alerting.ease(finding, to: severity, context, into: &effects)
            } else {
                alerting.take(finding, context, into: &effects)
            }
        }
    }

    private mutating func use(_ rules: RuleSet, at time: EngineTime, into effects: inout [Effect]) {
        // Faults were refused where people could mend them; what a rule cannot read it leaves at its default.
        detection.use(rules, at: time, faults: FaultList())
        alerting.use(rules, context, into: &effects)
    }

    private mutating func carryOut(_ command: Command, at time: EngineTime, into effects: inout [Effect]) {
        if command.action.isAboutOrders { return order(command, into: &effects) }
        let before = command.action.alert.flatMap { alerting.book[$0] }
        let verdict = alerting.carryOut(command, context, into: &effects)
        if case .done = verdict {
            var detected: [Effect] = []
            if let visit = visit(of: command, about: before, at: time, into: &detected) { effects.append(.visited(visit)) }
            decide(detected, into: &effects)
        }
        effects.append(.reply(CommandReply(command: command.id, verdict: verdict)))
    }

    /// Detection learns of what people saw; who was visited, where somebody was.
    private mutating func visit(of command: Command, about alert: Alert?, at time: EngineTime, into detected: inout [Effect]) -> Visit?
    {
        switch command.action {
        case .checkIn(let resident, let note):
            detection.checkIn(resident, at: time, into: &detected)
            return Visit(resident: resident, visitedAt: time, by: command.by, note: note)
        case .forgetCounter(let device, _):
            detection.forgetCounter(of: device, by: command.by, at: time, into: &detected)
            return nil
        case .close(_, let outcome, let note):
            guard let key = alert?.key else { return nil }
            let seen = detection.learn(outcome, of: key, at: time, into: &detected)
            return seen.map { Visit(resident: $0, visitedAt: time, by: command.by, note: note) }
        default: return nil
        }
    }

    private mutating func order(_ command: Command, into effects: inout [Effect]) {
        do throws(Refusal) {
            let id = try changeOrders(command, into: &effects)
            ordersChanged(into: &effects)
            effects.append(.reply(CommandReply(command: command.id, verdict: .done, order: id)))
        } catch {
            effects.append(.reply(CommandReply(command: command.id, verdict: .refused(error.words))))
        }
    }

    /// - Returns: the order that was placed.
    private mutating func changeOrders(_ command: Command, into effects: inout [Effect]) throws(Refusal) -> OrderID? {
        if let refusal = alerting.refusal(of: command, detection.household) { throw refusal }
        switch command.action {
        case .place(let request):
            let knowledge = OrderBook.Knowledge(
                household: detection.household, raisable: detection.raisable + Alerting.raisable + RosterWatch.raisable)
            return try orders.place(request, by: command.by, knowledge, at: now, into: &effects)
        case .endOrder(let id): try orders.end(id, by: command.by, at: now, into: &effects)
        default: break
        }
        return nil
    }

    /// What began or ended is in force from here on.
    private mutating func ordersChanged(into effects: inout [Effect]) {
        var detected: [Effect] = []
        detection.pause(orders.paused(at: now), at: now, into: &detected)
        decide(detected, into: &effects)
        alerting.reviewHolds(context, into: &effects)
    }

    private var context: Alerting.Context {
        Alerting.Context(now: now, household: detection.household, orders: orders, clock: detection.clock)
    }

    // MARK: Recovery

    /// Begins where a snapshot was taken: its registry and rules first, then its rows, then the journal's tail through `rebuild`.
    public mutating func beginRecovery(registry: Registry, rules: RuleSet, at time: EngineTime, sequence: Int64) {
        now = time
        self.sequence = sequence
        detection.use(registry, at: time)
        var discarded: [Effect] = []
        use(rules, at: time, into: &discarded)
    }

    public mutating func restore(owner: String, key: String, from decoder: any Decoder) throws {
        guard owner == Self.ordersOwner else { return try detection.restore(owner: owner, key: key, from: decoder) }
        orders = try OrderBook(from: decoder)
    }

    /// What the tables say of closed alerts, before the tail: rules learn from how they ended.
    public mutating func expectEndings(of alerts: [Alert]) {
        endings = Dictionary(alerts.filter { !$0.isOpen }.map { ($0.id, $0) }) { first, _ in first }
    }

    public mutating func finishRestoring() {
        detection.restorePaused(orders.paused(at: now))
        detection.finishRestoring(at: now)
    }

    /// Takes an input of the journal's tail: decoders and detectors learn from it, and nothing is decided, for that was done.
    public mutating func rebuild(_ stamped: StampedInput) {
        let time = max(stamped.at, now)
        begin(stamped, at: time)
        var discarded: [Effect] = []
        while let due = EngineTime.earlier(orders.nextDeadline, detection.nextDeadline), due <= time {
            now = max(now, due)
            if orders.fireDeadlines(at: now, into: &discarded) { detection.pause(orders.paused(at: now), at: now, into: &discarded) }
            detection.fireDeadlines(at: now, into: &discarded)
        }
        now = time
        switch stamped.input {
        case .frame(let frame): detection.observe(frame, numbered: sequence, at: time, into: &discarded)
        case .health(let health): detection.note(health, at: time, into: &discarded)
        case .registryChange(let registry): detection.use(registry, at: time)
        case .rulesChange(let rules): use(rules, at: time, into: &discarded)
        case .clock(let reading): detection.clock = reading
        case .command(let command) where command.action.isAboutOrders:
            // What was refused changed nothing then, and changes nothing now.
            _ = try? changeOrders(command, into: &discarded)
            detection.pause(orders.paused(at: now), at: now, into: &discarded)
        case .command(let command):
            // What was refused says nothing: of an end the tables know whether it was taken.
            let alert = command.action.alert.flatMap { endings[$0] }
            if alerting.refusal(of: command, detection.household) == nil, alert?.closure.map({ $0.at == time }) ?? true {
                _ = visit(of: command, about: alert, at: time, into: &discarded)
            }
        case .deliveryResult, .started, .seen, .deadline: break
        }
    }

    /// Takes the tables over, after the tail: they are the truth about alerts and deliveries. What happens next is a start.
    ///
    /// - Parameters:
    ///   - alerts: of every key the latest, open or closed: a standing condition that a human closed must stay closed.
    ///   - orders: every standing order that is not over, and the latest one.
    public mutating func restoreTables(
        alerts: [Alert], episodes: [(key: AlertKey, episode: Int)], deliveries: [Delivery], orders stored: [StandingOrder],
        batteries: [DeviceAddress: BatteryTrend] = [:]
    ) {
        endings = [:]
        detection.restore(batteries, at: now)
        orders.restore(stored, at: now)
        detection.restorePaused(orders.paused(at: now))
        alerting.restore(alerts: alerts, episodes: episodes, deliveries: deliveries)
    }

    /// Holds alerts against standing conditions. A start does so by itself, so that a replay of the journal does what the daemon did; once
    /// more finds nothing to do.
    public mutating func reconcile(into effects: inout [Effect]) { reconcile("after a restart", into: &effects) }

    private mutating func reconcile(_ why: String, into effects: inout [Effect]) {
        let standing =
            detection.standingFindings().filter { !detection.rules.isShadow($0.rule) } + alerting.rosterWatch.standingFindings
        alerting.reconcile(standing, why, context, into: &effects)
    }

    // MARK: Snapshots

    private static let ordersOwner = "orders"

    /// The state of detection after `sequence`: what changed since the last call, or all of it.
    public mutating func takeSnapshot(whole: Bool) -> Snapshot {
        Snapshot(
            sequence: sequence, at: now, registryVersion: registry.version, rulesVersion: rules.version, isWhole: whole,
            rows: detection.takeSnapshotRows(whole: whole) + [SnapshotRow(owner: Self.ordersOwner, key: "", state: orders)])
    }
}
