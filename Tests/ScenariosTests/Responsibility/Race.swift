import VigilCore
import VigilTesting

/// One interleaving of chance around the real engine and its leases, in virtual time: people act on the same alerts within the same moments,
/// leases end, devices call again, and channels answer late, twice, wrongly or never. The ledger says what must come of it.
struct Race {
    /// With a worker that has not opened its socket yet.
    private struct Attempt {
        var at: EngineTime
        var delivery: Delivery
        /// So long it takes the worker to hear that the delivery was withdrawn.
        var deafness: Milliseconds
    }

    private static let people: [ContactID?] = ["officer", "second", "lead", "son", nil]

    private let seed: UInt64
    private var random: SimulatorRandom
    private var engine = Engine(decoders: [TextDecoder()])
    private var now = EngineScript.origin
    private var ledger = ResponsibilityLedger()
    private var attempts: [Attempt] = []
    private var answers: [(at: EngineTime, result: DeliveryResult)] = []
    private var withdrawn: [DeliveryID: EngineTime] = [:]
    private var commands = 0
    private(set) var violations: [String] = []
    /// Commands that were answered, and sends that were begun.
    private(set) var outcomes = 0
    private(set) var sends = 0
    /// The longest after the commit of an acceptance that a ring of before it began.
    private(set) var latest = Milliseconds.zero

    init(seed: UInt64) {
        self.seed = seed
        random = SimulatorRandom(seed: seed)
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { ["sos", "fall", "pulse"].contains($0.id) }
        rules.messageCap = random.pick([MessageCap(), MessageCap(messages: 3), MessageCap(within: .zero)])
        for index in rules.channels.indices { rules.channels[index].concurrency = random.pick([1, 2, 4]) }
        apply(.started(Start(boot: "boot", gap: nil, clock: EngineScript.clock)))
        apply(.registryChange(SmallCommunity.registry()))
        apply(.rulesChange(rules))
        for source in SmallCommunity.sources { apply(.health(Health(.source(source), .up))) }
    }

    /// Runs it to its end, and ten minutes beyond.
    mutating func run(_ happenings: Int) {
        device("button1")
        for _ in 0..<happenings {
            pass(until: now + pause())
            if random.oneIn(3) {
                device(random.pick(["button1", "button2", "band1", "watch1", "watch1 cancel", "pulse", "silence"]))
            } else {
                person()
            }
        }
        pass(until: now + .minutes(10))
        for (id, account) in ledger.accounts where !account.isClosed && account.owner == nil {
            check(engine.openAlerts.contains { $0.id == id && $0.state == .raised }, "\(id) is nobody's and not open")
        }
    }

    // MARK: What happens

    /// At once, a moment later, or just around the end of a lease.
    private mutating func pause() -> Milliseconds {
        let lease = ledger.accounts.values.compactMap(\.leaseUntil).min().map { $0 - now }
        if let lease, random.oneIn(4) { return max(.zero, lease + Milliseconds(random.number(-1...1))) }
        return random.pick([.zero, Milliseconds(1), Milliseconds(random.number(0...2000)), Milliseconds(random.number(0...90_000))])
    }

    private mutating func device(_ what: String) {
        switch what {
        case "pulse": say("band2", "heart_rate_bpm=\(random.number(60...170))")
        case "silence":
            let request = OrderRequest(.silence(AlertMatcher(grid: "g1")), lasts: .minutes(random.number(1...60)), reason: "works")
            act(.place(request), by: nil)
        case "watch1 cancel":
            ledger.cancel("fall-r1", at: now)
            say("watch1", "cancel=true")
        case "band1", "watch1":
            ledger.call("fall-r1", canCancel: what == "watch1", at: now)
            say(what, "fall=true")
        default:
            ledger.call("sos-r\(what.suffix(1))", canCancel: false, at: now)
            say(what, "sos=true")
        }
    }

    private mutating func say(_ device: String, _ payload: String) {
        apply(.frame(Frame(source: "home", origin: .mqtt(topic: "text/\(device)"), payload: Array(payload.utf8))))
    }

    private mutating func person() {
        let id = random.oneIn(15) ? "sos-r9-1" : random.pick(ledger.accounts.keys.sorted())
        let action: Command.Action =
            switch random.number(0...12) {
            case 0...3: .accept(id)
            case 4, 5: .decline(id)
            case 6: .handOver(id, to: random.pick(["officer", "second", "lead"]))
            case 7: .onTheWay(id)
            case 8: .onScene(id)
            case 9: .close(id, outcome: .sos_real, note: "")
            case 10: .reopen(id, note: "")
            case 11: .review(id, note: "")
            default: .seen(id)
            }
        act(action, by: random.pick(Self.people))
    }

    private mutating func act(_ action: Command.Action, by contact: ContactID?) {
        commands += 1
        let actor = contact.map { Actor(contact: $0, via: "ntfy") } ?? Actor(via: "cli", login: "operator")
        let isRefused = action.alert == nil ? nil : ledger.act(action, by: actor, at: now)
        let fresh = apply(.command(Command(id: CommandID("c\(commands)"), action: action, by: actor)))
        let replies = fresh.compactMap { if case .reply(let reply) = $0 { reply } else { nil } }
        check(replies.count == 1, "\(action) has \(replies.count) outcomes")
        outcomes += replies.count
        guard let isRefused, let verdict = replies.first?.verdict else { return }
        check((verdict.refusal != nil) == isRefused, "\(action) by \(actor.name): \(verdict)")
    }

    // MARK: Time

    private mutating func pass(until end: EngineTime) {
        while true {
            let next = [engine.nextDeadline, attempts.map(\.at).min(), answers.map(\.at).min()].compactMap { $0 }.min()
            guard let next, next <= end else { break }
            now = max(now, next)
            if let place = attempts.firstIndex(where: { $0.at <= now }) {
                open(attempts.remove(at: place))
            } else if let place = answers.firstIndex(where: { $0.at <= now }) {
                apply(.deliveryResult(answers.remove(at: place).result))
            } else {
                apply(.deadline(heardUntil: SmallCommunity.sources.map { HeardUntil(source: $0, time: now) }))
            }
        }
        now = end
    }

    /// What was decided is committed at once.
    @discardableResult
    private mutating func apply(_ input: Input) -> [Effect] {
        var fresh: [Effect] = []
        engine.apply(StampedInput(sequence: engine.sequence + 1, at: now, input: input), into: &fresh)
        ledger.advance(to: now)
        for delivery in fresh.deliveries {
            switch delivery.state {
            case .sending:
                let wait = random.pick([0, random.number(0...400), random.number(0...4000)])
                let deafness = Milliseconds(random.number(0...900))
                attempts.append(Attempt(at: now + Milliseconds(wait), delivery: delivery, deafness: deafness))
            case .withdrawn: withdrawn[delivery.id] = now
            case .ready, .grouped, .delivered, .failed: break
            }
        }
        for entry in fresh.entries where entry.event == .lease_expired { ledger.ownerIsNotReached(entry.alert, at: now) }
        compare()
        return fresh
    }

    // MARK: Workers

    /// A worker asks once more whether the delivery is wanted before it opens the socket.
    private mutating func open(_ attempt: Attempt) {
        let delivery = attempt.delivery
        if let at = withdrawn[delivery.id], now - at >= attempt.deafness { return answer(delivery, nil, after: 0) }
        sends += 1
        judge(delivery)
        let outcome: DeliveryOutcome =
            switch random.number(0...5) {
            case 0...2: .delivered
            case 3: .permanent(reason: "gone")
            default: .retryable(reason: "503", after: random.oneIn(2) ? nil : .seconds(random.number(0...60)))
            }
        if random.oneIn(8) { return }
        answer(delivery, outcome, after: random.pick([0, random.number(0...2000), random.number(0...45_000)]))
        if random.oneIn(8) { answer(delivery, .delivered, after: random.number(0...60_000)) }
    }

    private mutating func answer(_ delivery: Delivery, _ outcome: DeliveryOutcome?, after wait: Int64) {
        let result = DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: outcome)
        answers.append((now + Milliseconds(wait), result))
    }

    // MARK: Judging

    private mutating func check(_ isRight: Bool, _ fault: @autoclosure () -> String) {
        if !isRight { violations.append("seed \(seed) #\(engine.sequence): " + fault()) }
    }

    /// The engine's alerts stand as the ledger says, and red that nobody has is never at rest.
    private mutating func compare() {
        let alerts = Dictionary(engine.alerts.map { ($0.id, $0) }) { first, _ in first }
        for (id, account) in ledger.accounts {
            guard let alert = alerts[id] else {
                check(account.isClosed, "\(id) is gone")
                continue
            }
            check(alert.holds.isEmpty, "\(id) is red and held back")
            let stand = Self.stand(of: alert)
            check(stand == account.stand, "\(id) is \(stand) instead of \(account.stand)")
            check(alert.leaseUntil == account.leaseUntil, "\(id): the lease is another one")
            check(alert.handOver?.to == account.handOver, "\(id) is offered to \(alert.handOver?.to.rawValue ?? "-")")
            let next = [alert.escalation.nextStepAt, alert.escalation.repeatAt].compactMap { $0 }.min()
            if alert.state == .raised { check(next.map { $0 - now <= .seconds(120) } ?? false, "\(id) is nobody's and at rest") }
        }
    }

    private static func stand(of alert: Alert) -> ResponsibilityLedger.Stand {
        switch alert.state {
        case .pending: .pending(until: alert.pendingUntil ?? EngineTime(0))
        case .raised: .raised
        case .owned, .attending: .owned(alert.owner ?? .engine, isAttending: alert.state == .attending)
        case .closed: .closed(by: alert.closure?.by.name ?? "-")
        }
    }

    /// Whether this may be said now, for one alert of those that it tells.
    private mutating func judge(_ delivery: Delivery) {
        let ids = delivery.message.alerts.isEmpty ? [delivery.alert] : delivery.message.alerts
        let told = ids.compactMap { ledger.accounts[$0] }
        guard delivery.purpose != .summary, !told.isEmpty else { return }
        check(told.contains { isTrue(delivery, of: $0) }, "\(delivery.id) is sent and is not so: \(told.map(\.stand))")
        for account in told where delivery.message.purpose == .notify && account.owner != nil && told.count == 1 {
            guard let taken = account.takenAt, delivery.createdAt < taken else { continue }
            latest = max(latest, now - taken)
        }
    }

    private func isTrue(_ delivery: Delivery, of account: ResponsibilityLedger.Account) -> Bool {
        switch delivery.message.purpose {
        case .notify:
            // What was so a second ago may be on its way.
            if account.stand == .raised || now - account.since <= .seconds(1) { return true }
            return account.hasNews(until: delivery.createdAt)
        case .taken:
            return account.stood(within: now) {
                if case .owned(let owner, _) = $0 {
                    delivery.message.alerts.count > 1 || delivery.message.body.contains(owner.name)
                } else {
                    false
                }
            }
        case .closed: return account.stood(within: now) { if case .closed = $0 { true } else { false } }
        case .summary, .digest, .act, .release: return true
        }
    }
}
