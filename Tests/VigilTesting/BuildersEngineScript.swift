public import VigilCore

/// A story for the real engine, told in order: what devices say, what people do, how time passes.
///
/// It begins with a start, the small community and both sources up. Everything that came of it is kept for the asking.
public struct EngineScript {
    public private(set) var engine: Engine
    public private(set) var time: EngineTime
    public private(set) var inputs: [StampedInput] = []
    public private(set) var effects: [Effect] = []
    /// Sources that report to have heard everything whenever time passes.
    public var hearing: [SourceID] = SmallCommunity.sources
    private var commands = 0

    public static let origin = EngineTime(1_763_800_000_000)
    public static let clock = ClockReading(wallOffset: .zero, isTrusted: true)

    public init(
        _ registry: Registry = SmallCommunity.registry(), _ rules: RuleSet = SmallCommunity.rules(),
        decoders: [any PayloadDecoder] = [TextDecoder()]
    ) {
        engine = Engine(decoders: decoders)
        time = Self.origin
        apply(.started(Start(boot: "boot", gap: nil, clock: Self.clock)))
        apply(.registryChange(registry))
        apply(.rulesChange(rules))
        for source in SmallCommunity.sources { apply(.health(Health(.source(source), .up))) }
    }

    /// What follows on a recovery; nothing has happened yet.
    init(goingOnWith engine: Engine, at time: EngineTime) {
        self.engine = engine
        self.time = time
    }

    // MARK: What happens

    /// Takes an input at the present moment; returns what came of it.
    @discardableResult
    public mutating func apply(_ input: Input) -> [Effect] {
        let stamped = StampedInput(sequence: engine.sequence + 1, at: time, input: input)
        var fresh: [Effect] = []
        engine.apply(stamped, into: &fresh)
        inputs.append(stamped)
        effects += fresh
        return fresh
    }

    /// A device publishes on `text/<device>`, or on the whole topic where one with a slash is given.
    @discardableResult
    public mutating func say(_ device: String, _ payload: String, retained: Bool = false, source: SourceID = "home") -> [Effect] {
        let topic = device.contains("/") ? device : "text/\(device)"
        return apply(.frame(Frame(source: source, origin: .mqtt(topic: topic), payload: Array(payload.utf8), isRetained: retained)))
    }

    /// A device whose clock is right tells of what happened so long ago.
    @discardableResult
    public mutating func tell(_ device: String, _ payload: String, ago: Milliseconds = .zero) -> [Effect] {
        say(device, "t=\((time - ago).rawValue) \(payload)")
    }

    /// Somebody does something; returns the answer. `nil` is an operator at the box.
    @discardableResult
    public mutating func act(_ action: Command.Action, by contact: ContactID?) -> CommandReply.Verdict? {
        commands += 1
        let by = contact.map { Actor(contact: $0, via: "ntfy") } ?? Actor(via: "cli", login: "operator")
        let fresh = apply(.command(Command(id: CommandID("c\(commands)"), action: action, by: by)))
        return fresh.compactMap { if case .reply(let reply) = $0 { reply.verdict } else { nil } }.first
    }

    /// A channel's verdict on the current attempt of a delivery.
    @discardableResult
    public mutating func settle(_ id: DeliveryID, _ outcome: DeliveryOutcome, lease: Int? = nil) -> [Effect] {
        apply(.deliveryResult(DeliveryResult(delivery: id, lease: lease ?? delivery(id)?.lease ?? 0, outcome: outcome)))
    }

    /// Every delivery that is under way arrives, and every one that waited for its slot.
    public mutating func deliverAll() {
        while let delivery = deliveries.first(where: { $0.state == .sending }) { settle(delivery.id, .delivered) }
    }

    /// Time passes, and the engine is called whenever it asked to be; returns what came of it.
    @discardableResult
    public mutating func wait(_ length: Milliseconds) -> [Effect] {
        let before = effects.count
        let target = time + length
        while let due = engine.nextDeadline, due <= target {
            time = max(time, due)
            tick()
        }
        time = target
        tick()
        return Array(effects[before...])
    }

    /// Time passes and nobody calls the engine.
    public mutating func skip(_ length: Milliseconds) { time = time + length }

    private mutating func tick() { apply(.deadline(heardUntil: hearing.map { HeardUntil(source: $0, time: time) })) }

    // MARK: What came of it

    public var findings: [Finding] { effects.findings }

    /// Every alert as it is now, in the order in which they were raised.
    public var alerts: [Alert] {
        var order: [AlertID] = []
        var latest: [AlertID: Alert] = [:]
        for case .alert(let alert, _) in effects {
            if latest.updateValue(alert, forKey: alert.id) == nil { order.append(alert.id) }
        }
        return order.compactMap { latest[$0] }
    }

    public func alert(_ id: AlertID) -> Alert? { alerts.first { $0.id == id } }

    /// Every delivery as it is now, in the order in which they were written.
    public var deliveries: [Delivery] {
        var order: [DeliveryID] = []
        var latest: [DeliveryID: Delivery] = [:]
        for case .delivery(let delivery) in effects {
            if latest.updateValue(delivery, forKey: delivery.id) == nil { order.append(delivery.id) }
        }
        return order.compactMap { latest[$0] }
    }

    public func delivery(_ id: DeliveryID) -> Delivery? { deliveries.first { $0.id == id } }

    /// The events of an alert's timeline.
    public func story(of id: AlertID) -> [TimelineEntry.Event] { effects.entries.filter { $0.alert == id }.map(\.event) }
}

extension [Effect] {
    public var orders: [StandingOrder] { compactMap { if case .order(let order) = $0 { order } else { nil } } }
    public var tests: [DeviceTest] { compactMap { if case .tested(let test) = $0 { test } else { nil } } }
    public var visits: [Visit] { compactMap { if case .visited(let visit) = $0 { visit } else { nil } } }
    public var findings: [Finding] { compactMap { if case .finding(let finding) = $0 { finding } else { nil } } }
    public var entries: [TimelineEntry] { compactMap { if case .alert(_, let entry) = $0 { entry } else { nil } } }
    public var deliveries: [Delivery] { compactMap { if case .delivery(let delivery) = $0 { delivery } else { nil } } }
    /// Whom new messages were written to, as `contact/channel`, in order; retries are none.
    public var told: [String] {
        var seen: Set<DeliveryID> = []
        return deliveries.filter {
            $0.lastFailure == nil && ($0.state == .sending && $0.lease == 1 || $0.state == .ready && $0.lease == 0)
        }
        .filter { seen.insert($0.id).inserted }
        .map { "\($0.contact)/\($0.channel)" }
    }
}

extension CommandReply.Verdict {
    /// Why it was refused; nil when it was not.
    public var refusal: String? { if case .refused(let why) = self { why.english } else { nil } }
}
