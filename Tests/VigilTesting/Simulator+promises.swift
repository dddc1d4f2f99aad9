import VigilCore

// What must hold after every single input, by an oracle that shares no code with the engine.

extension Simulator {
    mutating func check(_ isRight: Bool, _ fault: @autoclosure () -> String) {
        if !isRight { violations.append("#\(engine.sequence): " + fault()) }
    }

    /// Every finding of a rule that notifies has an open alert that counted it.
    mutating func checkFindings(_ fresh: [Effect]) {
        let open = engine.openAlerts
        for finding in fresh.findings where finding.change == .occurred || finding.change == .active {
            guard !engine.rules.rules.contains(where: { $0.id == finding.rule && $0.isShadow }) else { continue }
            let isEvent = AlertKinds.all.first { $0.kind == finding.kind }?.nature == .event
            check(isEvent == (finding.change == .occurred), "\(finding.kind) is not of the nature that it is said to be of")
            let alert = open.first { $0.key.kind == finding.kind && $0.key.subject == finding.subject }
            // Deadlines fire at their own time, up to the call's.
            let isCounted = alert.map { engine.now - $0.lastOccurrenceAt < .minutes(1) } ?? false
            if !isCounted { violations.append("#\(engine.sequence): a finding of \(finding.kind) made no alert") }
        }
    }

    /// A press that nothing excuses is a finding.
    mutating func checkPress(_ input: Input, _ fresh: [Effect]) {
        guard case .frame(let frame) = input, !frame.isRetained else { return }
        let payload = String(decoding: frame.payload, as: UTF8.self)
        guard payload.hasSuffix("sos=true") else { return }
        let device = frame.topic.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        defer { lastPress[device] = now }
        guard payload == "sos=true", engine.registry.devices.contains(where: { $0.address.name == device }),
            engine.rules.routes.contains(where: { $0.source == frame.source }),
            engine.rules.rules.contains(where: { $0.id == "sos" }),
            lastPress[device].map({ now - $0 >= .seconds(1) }) ?? true
        else { return }
        if fresh.findings.isEmpty { violations.append("#\(engine.sequence): a press of \(device) was swallowed") }
    }

    /// Only the current attempt's result delivers (D8).
    mutating func checkFencing(_ input: Input, _ fresh: [Effect]) {
        guard case .deliveryResult(let result) = input else { return }
        for delivery in fresh.deliveries where delivery.id == result.delivery && delivery.state == .delivered {
            check(delivery.lease == result.lease, "\(delivery.id) was delivered by the result of another lease")
        }
    }

    /// What a crash would find under way is never more than the channel's slots, and nothing is leased after its time (architecture, 6).
    mutating func checkSlots(_ input: Input, _ fresh: [Effect]) {
        if case .deliveryResult(let result) = input {
            let answered = SimulatorAttempt(delivery: result.delivery, lease: result.lease)
            for channel in underWay.keys.sorted() { underWay[channel]?[answered] = nil }
        }
        for delivery in fresh.deliveries where delivery.state == .sending {
            let slots = engine.rules.lanes.first { $0.id == delivery.channel }?.concurrency ?? 0
            let until = delivery.leaseUntil ?? engine.now
            let leasedAt = until - .seconds(30)
            var attempts = (underWay[delivery.channel] ?? [:]).filter { $0.value > leasedAt }
            attempts[SimulatorAttempt(delivery: delivery.id, lease: delivery.lease)] = until
            underWay[delivery.channel] = attempts
            check(attempts.count <= slots, "\(delivery.channel) has \(attempts.count) under way in \(slots) slots")
            check(leasedAt < delivery.expiresAt, "\(delivery.id) is sent after its time")
        }
    }

    /// An alert that nobody owns and of which no message arrived within a minute says that nobody is reachable (promises D9).
    mutating func checkReach(_ fresh: [Effect]) {
        for case .alert(let alert, let entry) in fresh {
            switch entry.event {
            // What was let go after it had cleared is over.
            case .released where alert.condition == .cleared: unheard[alert.id] = nil
            case .raised, .reopened, .released: unheard[alert.id] = alert.state == .raised && alert.holds.isEmpty ? entry.at : nil
            // Nobody is to hear of it.
            case .held: unheard[alert.id] = nil
            case .lease_expired,
                .declined where !alert.holds.isEmpty:
                unheard[alert.id] = nil
            case .delivered where entry.detail.hasPrefix("notify"): unheard[alert.id] = nil
            case .nobody_reachable: unheard[alert.id] = nil
            default: if alert.state != .raised { unheard[alert.id] = nil }
            }
        }
        for (alert, since) in unheard.sorted(by: { $0.key < $1.key }) {
            unheard[alert] = deferredUntil(alert) ?? min(since, engine.now)
        }
        for (alert, since) in unheard.sorted(by: { $0.key < $1.key }) where engine.now - since > .seconds(60) {
            violations.append("#\(engine.sequence): nobody has heard of \(alert) for a minute, and it does not say so")
            unheard[alert] = nil
        }
    }

    /// Whether the stored story says that people are still to hear of it.
    func isUnheard(_ alert: AlertID) -> Bool {
        let begins: Set<TimelineEntry.Event> = [.raised, .reopened, .released]
        let ends: Set<TimelineEntry.Event> = [.held, .delivered, .nobody_reachable]
        let last = store.timeline[alert]?.last {
            begins.contains($0.event) || ends.contains($0.event) && ($0.event != .delivered || $0.detail.hasPrefix("notify"))
        }
        return last.map { begins.contains($0.event) } ?? false
    }

    /// Quiet hours hold what tells of it: nobody is missed while they sleep.
    private func deferredUntil(_ alert: AlertID) -> EngineTime? {
        engine.deliveries.filter { $0.alert == alert && $0.purpose == .notify && $0.isDeferred(at: engine.now) }.map(\.dueAt).min()
    }

    /// Quiet hours hold what is not red, say so, and hold no yellow that nobody has beyond the cap (alert-lifecycle, 5).
    mutating func checkQuiet(_ fresh: [Effect]) {
        let alerts = Dictionary(engine.alerts.map { ($0.id, $0) }) { first, _ in first }
        let said = Set(fresh.entries.filter { $0.event == .deferred }.map(\.alert))
        for delivery in fresh.deliveries where delivery.isDeferred(at: engine.now) {
            let alert = alerts[delivery.alert]
            check(delivery.dueAt - engine.now < .hours(25), "\(delivery.id) is deferred for more than a day")
            // To be told with others; no quiet hours.
            let isGathering = delivery.dueAt - engine.now <= .seconds(5)
            if isGathering || delivery.dueAt - engine.now <= .minutes(11) && isTold(delivery.contact) { continue }
            let wait = (delivery.dueAt - engine.now).text
            check(delivery.severity != .red && alert?.highestSeverity != .red, "\(delivery.id) is red and deferred for \(wait)")
            // Of an alert that nobody can open again nothing is written any more.
            let told = delivery.purpose == .digest ? members(of: delivery.id) : [delivery.alert]
            let isTold = delivery.purpose != .summary && delivery.dueAt - engine.now >= .minutes(1)
            let unsaid = told.filter { alerts[$0]?.isOpen == true && !said.contains($0) }
            check(!isTold || unsaid.isEmpty, "\(delivery.id) is deferred and nobody says so")
            guard let alert, alert.state == .raised, delivery.purpose == .notify, delivery.severity == .yellow else { continue }
            let cap = engine.rules.policies.first { $0.id == alert.escalation.policy }?.quietCap ?? .minutes(30)
            check(delivery.dueAt <= max(engine.now, alert.escalation.startedAt + cap), "\(delivery.id) is deferred beyond the cap")
        }
    }

    /// The alerts that a digest tells still: one of which nobody is to hear any more is taken out.
    private func members(of digest: DeliveryID) -> [AlertID] { engine.deliveries.filter { $0.digest == digest }.map(\.alert) }

    /// Three attempts within ten minutes are what somebody may have before others wait.
    private func isTold(_ contact: ContactID) -> Bool {
        (tried[contact] ?? []).filter { engine.now - $0 < .minutes(11) }.count >= 3
            || engine.deliveries.filter { $0.contact == contact && $0.lease > 0 }.count >= 3
    }

    /// What arrives at the first try, the first of each red alert aside, and the first since it rose to red or people are asked anew: nobody
    /// gets more than ten such messages in ten minutes (promises, 4).
    mutating func checkCap(_ fresh: [Effect]) {
        let fresh = fresh.filter { if case .delivery(let delivery) = $0 { !delivery.isAction } else { true } }
        for delivery in fresh.deliveries where delivery.state == .sending || delivery.admittedAt == engine.now {
            tried[delivery.contact] = (tried[delivery.contact] ?? []).suffix(20) + [engine.now]
        }
        for delivery in fresh.deliveries where delivery.state == .sending && delivery.lease == 1 && delivery.purpose != .summary {
            let message = delivery.message
            let isKnown = (message.alerts.isEmpty ? [delivery.alert] : message.alerts).allSatisfy { alert in
                let told = lastTold["\(alert) \(delivery.contact) \(message.purpose) \(delivery.severity)"]
                let askedAnewAt = engine.alerts.first { $0.id == alert }?.askedAnewAt
                return told.map { engine.now - $0 < .minutes(9) && askedAnewAt ?? $0 <= $0 } ?? false
            }
            // By when it was due: the simulator calls the engine a moment later, and each time another one.
            if delivery.severity != .red || message.purpose != .notify || isKnown { leasedAt[delivery.id] = delivery.admittedAt }
        }
        for delivery in fresh.deliveries where delivery.state == .delivered {
            lastTold["\(delivery.alert) \(delivery.contact) \(delivery.purpose) \(delivery.severity)"] = engine.now
            guard let at = leasedAt.removeValue(forKey: delivery.id), delivery.lease == 1 else { continue }
            let sent = ((letOut[delivery.contact] ?? []) + [at]).filter { at - $0 < .minutes(10) }
            check(sent.count <= 10, "\(delivery.contact) gets an eleventh message, \(delivery.id)")
            letOut[delivery.contact] = sent
        }
        for delivery in fresh.deliveries where delivery.state == .grouped {
            let digest = engine.deliveries.first { $0.id == delivery.digest }
            check(
                digest?.message.alerts.contains(delivery.alert) ?? true,
                "\(delivery.id) is told by a digest that does not name its alert")
        }
    }

    /// Red is held back by nothing, and what is held back rings nobody (alert-lifecycle, 4).
    mutating func checkHolds(_ fresh: [Effect]) {
        for alert in engine.openAlerts {
            check(alert.holds.isEmpty || alert.highestSeverity != .red, "\(alert.id) is red and held back")
        }
        var held: Set<AlertID> = []
        for effect in fresh {
            switch effect {
            case .alert(let alert, _):
                if alert.holds.isEmpty { held.remove(alert.id) } else { held.insert(alert.id) }
            case .delivery(let delivery) where held.contains(delivery.alert) && delivery.purpose == .notify && delivery.lease <= 1:
                check(
                    delivery.state == .withdrawn || delivery.createdAt < engine.now || isOffered(delivery),
                    "\(delivery.id) rings although it is held back")
            default: break
            }
        }
    }

    /// Whom the owner asks to take over hears it: a person wants it so.
    private func isOffered(_ delivery: Delivery) -> Bool {
        engine.openAlerts.first { $0.id == delivery.alert }.map { $0.owner != nil } ?? false
    }

    /// A red alert about somebody's life that nobody owns moves at least every 120 s, whatever the deliveries do, and has nothing overdue.
    mutating func checkEscalation(_ fresh: [Effect]) {
        for entry in fresh.entries where Self.moves.contains(entry.event) { lastMove[entry.alert] = entry.at }
        for alert in engine.openAlerts where alert.severity == .red && alert.state == .raised && alert.alertClass == .life {
            if let next = alert.escalation.nextStepAt, next <= engine.now {
                violations.append("#\(engine.sequence): \(alert.id) has an overdue step")
            }
            let quiet = engine.now - max(lastMove[alert.id] ?? lastStart, lastStart)
            if quiet > .seconds(121) { violations.append("#\(engine.sequence): \(alert.id) has stood still for \(quiet.text)") }
        }
    }

    private static let moves: Set<TimelineEntry.Event> = [
        .raised, .reopened, .step, .repeated, .lease_expired, .severity_changed, .declined, .nobody_reachable,
    ]
}
