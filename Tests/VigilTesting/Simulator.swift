import VigilCore

/// The real engine in a world of chance: a virtual clock, a store in memory, scripted channels, and a process that dies at any moment.
///
/// It does what the gateway does, in as few lines: stamp, apply, commit when something leaves the core or after a second, send only what
/// was committed. Everything comes from the seed, so a seed is a bug report.
public struct Simulator {
    /// Crashes, and what a crash does to inputs that were not committed.
    public struct Faults: Sendable {
        /// One input in so many is the last before a crash; nil for an untroubled life.
        public var crashEvery: Int?
        /// Registry and rules change under way.
        public var isReconfigured: Bool
        /// One commit in so many finds a disk that takes nothing for a while; nil for one that always works.
        public var storageFailsEvery: Int?
        /// Policies set something off at the site.
        public var isActing: Bool

        public init(crashEvery: Int?, isReconfigured: Bool, storageFailsEvery: Int?, isActing: Bool = false) {
            self.crashEvery = crashEvery
            self.isReconfigured = isReconfigured
            self.storageFailsEvery = storageFailsEvery
            self.isActing = isActing
        }

        public static let everything = Faults(crashEvery: 40, isReconfigured: true, storageFailsEvery: 40)
        public static let badDisk = Faults(crashEvery: nil, isReconfigured: true, storageFailsEvery: 8)
        public static let acting = Faults(crashEvery: 40, isReconfigured: true, storageFailsEvery: nil, isActing: true)
        public static let none = Faults(crashEvery: nil, isReconfigured: true, storageFailsEvery: nil)
    }

    struct Event {
        var at: EngineTime
        var input: Input
    }

    private let seed: UInt64
    private var faults: Faults
    var random: SimulatorRandom
    private var world = SimulatorWorld()
    var store = SimulatorStore()
    var engine = Engine(decoders: [TextDecoder()])
    var now = EngineScript.origin
    private var clock = EngineScript.clock
    var draft = SimulatorTurn()
    /// Inputs that are on their way; lost with the process.
    private(set) var expected: [Event] = []
    /// Frames that the broker keeps until they are acknowledged.
    var unacknowledged: [Frame] = []
    private var up: Set<SourceID> = []
    var effects: [Int64: [Effect]] = [:]
    var attempts: [DeliveryID: [Int]] = [:]
    private var crashes = 0
    private var commits = 0
    var lastStart = EngineScript.origin
    var lastMove: [AlertID: EngineTime] = [:]
    var lastPress: [String: EngineTime] = [:]
    /// When each person's latest messages went out that arrived at once, when those under way did, and the latest about each alert.
    var leasedAt: [DeliveryID: EngineTime] = [:]
    var tried: [ContactID: [EngineTime]] = [:]
    var toldNews: [ContactID: [EngineTime]] = [:]
    var letOut: [ContactID: [EngineTime]] = [:]
    var lastTold: [String: EngineTime] = [:]
    /// Attempts that a worker may be at: until when, by lease.
    var underWay: [ChannelID: [SimulatorAttempt: EngineTime]] = [:]
    /// What each channel has answered, and what it asked for; by an oracle of its own (`Simulator+returns.swift`).
    var returns = SimulatorReturns()
    /// Alerts of which nobody has heard yet, and since when.
    var unheard: [AlertID: EngineTime] = [:]
    /// Channels of which nothing but refusals comes, and until when.
    private var outages: [ChannelID: EngineTime] = [:]
    private var isPeace = false
    /// Set while nothing can be stored (`Simulator+storage.swift`).
    var outage: SimulatorOutage?
    /// The engine has been told of it.
    var isOutageKnown = false
    var violations: [String] = []

    public init(seed: UInt64, faults: Faults = .everything) {
        self.seed = seed
        self.faults = faults
        random = SimulatorRandom(seed: seed)
    }

    /// Lives through so many happenings, then in peace until everything is settled.
    public mutating func run(_ happenings: Int) throws -> SimulatorReport {
        start(gap: nil)
        take(.registryChange(world.changedRegistry(&random)))
        take(.rulesChange(changedRules()))
        commit()
        for _ in 0..<happenings {
            pass(pause())
            take(happening())
            if let every = faults.crashEvery, random.oneIn(every) { try crash() }
        }
        try settle()
        violations += store.faults
        return SimulatorReport(
            seed: seed, store: store, effects: effects, attempts: attempts, crashes: crashes, violations: violations)
    }

    // MARK: What happens

    /// Seconds mostly, minutes often, hours now and then.
    private mutating func pause() -> Milliseconds {
        switch random.number(0...9) {
        case 0...5: Milliseconds(random.number(0...5000))
        case 6, 7: Milliseconds(random.number(0...60_000))
        case 8: Milliseconds(random.number(0...1_800_000))
        default: random.oneIn(4) ? Milliseconds(random.number(0...36_000_000)) : Milliseconds(random.number(0...300))
        }
    }

    private mutating func happening() -> Input {
        switch random.number(0...39) {
        case 0...25:
            let frame = world.frame(&random)
            if !random.oneIn(5) { unacknowledged.append(frame) }
            return .frame(frame)
        case 26...33: return .command(world.command(about: engine.alerts.map(\.id), &random))
        case 34, 35: return health()
        case 36:
            let wild = random.number(-315_360_000_000...315_360_000_000)
            clock = ClockReading(wallOffset: Milliseconds(wild), isTrusted: random.oneIn(2))
            return .clock(clock)
        case 37 where faults.isReconfigured: return .registryChange(world.changedRegistry(&random))
        case 38 where faults.isReconfigured: return .rulesChange(changedRules())
        case 39 where random.oneIn(2):
            outages[random.pick(["push", "sms"])] = now + Milliseconds(random.number(0...1_800_000))
            return health()
        default: return stray()
        }
    }

    private mutating func changedRules() -> RuleSet {
        faults.isActing ? world.changedActingRules(&random) : world.changedRules(&random)
    }

    private mutating func health() -> Input {
        let source = random.pick(SmallCommunity.sources)
        if up.contains(source) && random.oneIn(2) {
            up.remove(source)
            return .health(Health(.source(source), .down))
        }
        up.insert(source)
        return .health(Health(.source(source), random.oneIn(8) ? .sessionLost : .up))
    }

    /// A result that nobody waits for: of a lease that is over, told twice, or of something that never was.
    private mutating func stray() -> Input {
        let known = attempts.keys.sorted()
        let id = known.isEmpty ? "none" : random.pick(known)
        let lease = (attempts[id]?.last ?? 1) - Int(random.number(1...3))
        return .deliveryResult(DeliveryResult(delivery: id, lease: lease, outcome: outcome(on: nil)))
    }

    private mutating func outcome(on channel: ChannelID?) -> DeliveryOutcome {
        if isPeace { return .delivered }
        if let channel, let until = outages[channel], now < until { return .retryable(reason: "unreachable", after: nil) }
        return switch random.number(0...5) {
        case 0...2: .delivered
        case 3: .permanent(reason: "gone")
        case 4: .retryable(reason: "503", after: nil)
        default: .retryable(reason: "429", after: .seconds(random.number(0...900)))
        }
    }

    // MARK: Time

    private mutating func pass(_ length: Milliseconds) {
        let target = now + length
        while true {
            let result = expected.first.map(\.at)
            let deadline = engine.nextDeadline
            let linger = draft.turn.journal.first.map { $0.at + .seconds(1) }
            let disk = outage?.endsAt
            guard let next = [result, deadline, linger, disk].compactMap({ $0 }).min(), next <= target else { break }
            now = max(now, next)
            if next == result {
                take(expected.removeFirst().input)
            } else if next == deadline {
                now = now + Milliseconds(random.number(0...20))
                let life = crashes
                take(.deadline(heardUntil: reports()))
                check(crashes > life || engine.nextDeadline.map { $0 > now } ?? true, "the engine asks for what has passed")
            }
            if let oldest = draft.turn.journal.first, now - oldest.at >= .seconds(1) { commit() }
            if let end = outage?.endsAt, end <= now { endOutage() }
        }
        now = max(now, target)
    }

    /// Sources report a little late.
    private mutating func reports() -> [HeardUntil] {
        up.sorted().map { HeardUntil(source: $0, time: now - Milliseconds(random.number(0...200))) }
    }

    // MARK: The gateway

    private mutating func take(_ input: Input) {
        let stamped = StampedInput(sequence: engine.sequence + 1, at: max(now, engine.now), input: input)
        var fresh: [Effect] = []
        engine.apply(stamped, into: &fresh)
        draft.add(stamped, fresh)
        checkPress(input, fresh)
        checkFindings(fresh)
        checkFencing(input, fresh)
        checkSlots(input, fresh)
        checkReach(fresh)
        checkCap(fresh)
        checkNews(fresh)
        checkReturns(input, fresh)
        checkActions(fresh)
        checkQuiet(fresh)
        checkEscalation(fresh)
        checkHolds(fresh)
        checkOutage(input, fresh)
        if draft.isUrgent { commit() }
    }

    /// Whether the process lives on to commit is chance: what is not committed is as if it had never been.
    mutating func commit() {
        guard !draft.turn.journal.isEmpty else { return }
        if outage != nil { return retain() }
        if let every = faults.crashEvery, random.oneIn(every * 2) {
            do { try crash() } catch { violations.append("recovery: \(error)") }
            return
        }
        if let every = faults.storageFailsEvery, random.oneIn(every) { return beginOutage() }
        commits += 1
        if random.oneIn(6) { draft.add(engine.takeSnapshot(whole: random.oneIn(4))) }
        store.commit(draft.turn)
        effects.merge(draft.effects) { _, new in new }
        let turn = draft.turn
        draft = SimulatorTurn()
        unacknowledged = []
        if let every = faults.crashEvery, random.oneIn(every * 4) {
            do { try crash() } catch { violations.append("recovery: \(error)") }
            return
        }
        for delivery in turn.deliveries where delivery.state == .sending { send(delivery) }
    }

    /// A worker: what left, and what is heard of it, late, twice, or never.
    mutating func send(_ delivery: Delivery) {
        attempts[delivery.id, default: []].append(delivery.lease)
        guard isPeace || !random.oneIn(8) else { return }
        let result = DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: outcome(on: delivery.channel))
        expect(.deliveryResult(result), after: !isPeace && random.oneIn(10) ? random.number(0...90_000) : random.number(0...4000))
        if random.oneIn(10) { expect(.deliveryResult(result), after: random.number(0...60_000)) }
    }

    mutating func expect(_ input: Input, after wait: Int64) {
        let event = Event(at: now + Milliseconds(wait), input: input)
        expected.insert(event, at: expected.firstIndex { $0.at > event.at } ?? expected.count)
    }

    // MARK: Life and death

    private mutating func crash() throws {
        crashes += 1
        let lost = unacknowledged
        unacknowledged = []
        draft = SimulatorTurn()
        forgetOutage()
        expected = []
        up = []
        underWay = [:]
        repeat {
            now = now + gap()
            engine = try store.recover()
            let stored = store.alerts.values.filter(\.isOpen).sorted { $0.id < $1.id }
            check(engine.openAlerts == stored, "the engine found other alerts than the tables hold")
            world.forget(registry: engine.registry, rules: engine.rules)
        } while random.oneIn(10)
        // What was not stored has never been; what was is overdue at once.
        unheard = unheard.filter { store.alerts[$0.key]?.state == .raised && isUnheard($0.key) }.mapValues { _ in now }
        start(gap: now - (store.journal.last?.at ?? now))
        for frame in lost {
            unacknowledged.append(frame)
            take(.frame(frame))
        }
    }

    /// Seconds mostly, an hour or so now and then, and once in a while longer than a message is worth sending.
    private mutating func gap() -> Milliseconds {
        switch random.number(0...29) {
        case 0: Milliseconds(random.number(0...172_800_000))
        case 1...9: Milliseconds(random.number(0...7_200_000))
        default: Milliseconds(random.number(0...5000))
        }
    }

    private mutating func start(gap: Milliseconds?) {
        lastStart = now
        take(.started(Start(boot: "boot", gap: gap, clock: clock)))
        for source in SmallCommunity.sources where !random.oneIn(5) {
            up.insert(source)
            take(.health(Health(.source(source), .up)))
        }
    }

    /// Peace: nothing crashes, channels work, everything is closed; then nothing may be left over.
    private mutating func settle() throws {
        faults.crashEvery = nil
        faults.storageFailsEvery = nil
        isPeace = true
        if outage != nil { endOutage() }
        for alert in engine.openAlerts {
            let close = Command.Action.close(alert.id, outcome: .drill, note: "")
            take(.command(Command(id: "end", action: close, by: Actor(via: "cli", login: "operator"))))
        }
        pass(.minutes(40))
        commit()
        for delivery in store.deliveries.values where delivery.state == .ready || delivery.state == .sending {
            // Who sleeps hears in the morning that it is over.
            guard delivery.dueAt <= now else { continue }
            // Nor is left over what was kept back until now and is on its way.
            check(now - delivery.dueAt < .minutes(10), "\(delivery.id) is left over as \(delivery.state)")
        }
    }
}
