import Foundation
public import VigilCore

/// What SQLite holds, in memory: it takes whole turns, refuses what no turn may hold, and gives a new engine what it starts from.
public struct SimulatorStore: Sendable {
    public private(set) var journal: [StampedInput] = []
    public private(set) var alerts: [AlertID: Alert] = [:]
    public private(set) var timeline: [AlertID: [TimelineEntry]] = [:]
    public private(set) var deliveries: [DeliveryID: Delivery] = [:]
    private var batteries: [DeviceAddress: [BatterySample]] = [:]
    public private(set) var orders: [Int: StandingOrder] = [:]
    private var rows: [String: (owner: String, key: String, json: Data)] = [:]
    private var snapshot: Snapshot?
    private var registries: [Int: Registry] = [:]
    private var rulesets: [Int: RuleSet] = [:]
    /// What was wrong with a turn.
    public private(set) var faults: [String] = []

    public init() {}

    // MARK: Commit

    /// All of a turn, or nothing where it is never called.
    public mutating func commit(_ turn: Turn) {
        for input in turn.journal { take(input) }
        for entry in turn.timeline { take(entry) }
        for alert in turn.alerts { take(alert) }
        for delivery in turn.deliveries { take(delivery) }
        for order in turn.orders { take(order) }
        for reading in turn.batteries { batteries[reading.device, default: []].append(reading.sample) }
        if turn.deliveries.contains(where: { $0.purpose == .summary }) { checkSummaries() }
        if let snapshot = turn.snapshot { take(snapshot) }
    }

    private mutating func checkSummaries() {
        let pending = deliveries.values.filter { $0.purpose == .summary && ($0.state == .ready || $0.state == .sending) }
        let ways = pending.map { "\($0.contact) over \($0.channel)" }
        check(Set(ways).count == ways.count, "somebody is told twice that something was missed: \(ways.sorted())")
    }

    private mutating func take(_ input: StampedInput) {
        check(input.sequence == Int64(journal.count) + 1, "the journal goes from \(journal.count) to \(input.sequence)")
        check(input.at >= journal.last?.at ?? input.at, "time steps back at \(input.sequence)")
        journal.append(input)
        if case .registryChange(let registry) = input.input { registries[registry.version] = registry }
        if case .rulesChange(let rules) = input.input { rulesets[rules.version] = rules }
    }

    private mutating func take(_ entry: TimelineEntry) {
        let count = timeline[entry.alert]?.count ?? 0
        check(entry.number == count + 1, "\(entry.alert): line \(entry.number) follows line \(count)")
        let begins = entry.event == .pending || entry.event == .raised && timeline[entry.alert]?.last?.state != .pending
        check(begins == (entry.number == 1), "\(entry.alert): line \(entry.number) says \(entry.event)")
        timeline[entry.alert, default: []].append(entry)
    }

    private mutating func take(_ alert: Alert) {
        check(alert.timelineCount == timeline[alert.id]?.count, "\(alert.id) does not match its timeline")
        check(alert.evidence.count <= Alert.evidenceLimit, "\(alert.id) hoards evidence")
        check(alert.severity <= alert.highestSeverity, "\(alert.id) is worse than it ever was")
        if alert.highestSeverity == .red, let closure = alert.closure {
            check(closure.by.via != Actor.engine.via, "\(alert.id) was red and closed itself")
        }
        if let review = alert.review { check(review.by.name != alert.closure?.by.name, "\(alert.id) was reviewed by who closed it") }
        check((alert.state == .pending) == (alert.pendingUntil != nil), "\(alert.id) waits for nothing")
        check(alert.handOver == nil || alert.owner != nil, "\(alert.id) is handed over by nobody")
        let twins = alerts.values.filter { $0.key == alert.key && $0.isOpen && $0.id != alert.id }
        check(!alert.isOpen || twins.isEmpty, "\(alert.id) and \(twins.first?.id ?? "-") are open under one key")
        if let before = alerts[alert.id] {
            check(before.key == alert.key && before.episode == alert.episode, "\(alert.id) changed its identity")
            check(before.notice <= alert.notice && before.occurrences <= alert.occurrences, "\(alert.id) forgot something")
            check(before.highestSeverity <= alert.highestSeverity, "\(alert.id) forgot how bad it was")
        } else {
            check(alert.id == AlertID("\(alert.key.kind)-\(alert.key.subject.name)-\(alert.episode)"), "\(alert.id) is misnamed")
        }
        alerts[alert.id] = alert
    }

    private mutating func take(_ delivery: Delivery) {
        let parts = delivery.id.rawValue.split(separator: "/").map(String.init)
        let expected = [
            delivery.alert.rawValue, "n\(delivery.notice)", delivery.purpose.rawValue, "s\(delivery.step).\(delivery.round)",
            delivery.contact.rawValue, delivery.channel.rawValue,
        ]
        let isRight =
            switch delivery.purpose {
            case .digest: delivery.id.rawValue.hasPrefix("digest/")
            case .act, .release: delivery.id.rawValue.hasPrefix(expected.joined(separator: "/") + "#")
            case .notify, .taken, .closed, .summary: parts == expected
            }
        check(isRight, "\(delivery.id) is not the key of \(expected)")
        check(alerts[delivery.alert] != nil, "\(delivery.id) speaks of no alert")
        if let before = deliveries[delivery.id] {
            check(!before.isSettled, "\(delivery.id) was \(before.state) and became \(delivery.state)")
            check(before.lease <= delivery.lease, "\(delivery.id) lost its fencing")
            check(
                before.address == delivery.address && before.message == delivery.message && before.createdAt == delivery.createdAt,
                "\(delivery.id) says something else under its key")
        }
        deliveries[delivery.id] = delivery
    }

    private mutating func take(_ order: StandingOrder) {
        check(order.until > order.from, "\(order.id) ends before it begins")
        if let before = orders[order.number] {
            check(before.end == nil, "\(order.id) was over")
            check(before.content == order.content && before.until == order.until, "\(order.id) became something else")
        } else {
            check(order.number == orders.count + 1, "order \(order.number) follows order \(orders.count)")
        }
        orders[order.number] = order
    }

    private mutating func take(_ snapshot: Snapshot) {
        check(snapshot.sequence == Int64(journal.count), "the snapshot of \(snapshot.sequence) comes with input \(journal.count)")
        if snapshot.isWhole { rows = [:] }
        for row in snapshot.rows {
            guard let state = row.state else {
                rows["\(row.owner)|\(row.key)"] = nil
                continue
            }
            do {
                rows["\(row.owner)|\(row.key)"] = (row.owner, row.key, try JSONEncoder().encode(state))
            } catch {
                faults.append("\(row.owner) \(row.key) cannot be written: \(error)")
            }
        }
        self.snapshot = snapshot
        self.snapshot?.rows = []
    }

    private mutating func check(_ isRight: Bool, _ fault: String) {
        if !isRight { faults.append(fault) }
    }

    // MARK: Recovery

    /// The engine that a start finds: snapshot, tail and tables; before its first input.
    public func recover() throws -> Engine {
        var engine = Engine(decoders: [TextDecoder()])
        if let snapshot {
            engine.beginRecovery(
                registry: registries[snapshot.registryVersion] ?? Registry(), rules: rulesets[snapshot.rulesVersion] ?? RuleSet(),
                at: snapshot.at, sequence: snapshot.sequence)
            for row in rows.sorted(by: { $0.key < $1.key }).map(\.value) {
                let door = try JSONDecoder().decode(Door.self, from: row.json)
                try engine.restore(owner: row.owner, key: row.key, from: door.decoder)
            }
            engine.finishRestoring()
        }
        engine.expectEndings(of: liveAlerts)
        for input in journal[Int(snapshot?.sequence ?? 0)...] { engine.rebuild(input) }
        let episodes = Dictionary(grouping: alerts.values, by: \.key).mapValues { $0.map(\.episode).max() ?? 0 }
        engine.restoreTables(
            alerts: liveAlerts, episodes: episodes.sorted { $0.key < $1.key }.map { (key: $0.key, episode: $0.value) },
            deliveries: deliveries.values.sorted { $0.id < $1.id }, orders: orders.values.sorted { $0.number < $1.number },
            batteries: batteries.mapValues { BatteryTrend($0) })
        return engine
    }

    /// Every open one, those that people may still look at, and of every key the latest.
    private var liveAlerts: [Alert] {
        let latest = Dictionary(alerts.values.map { ($0.key, $0.episode) }) { max($0, $1) }
        let since = (journal.last?.at ?? EngineTime(0)) - Alert.reviewWindow
        return alerts.values.filter { alert in
            alert.closure.map { $0.at >= since } ?? true || latest[alert.key] == alert.episode
        }.sorted { $0.id < $1.id }
    }

    private struct Door: Decodable {
        let decoder: any Decoder
        init(from decoder: any Decoder) throws { self.decoder = decoder }
    }
}
