public import VigilCore

/// What turns that could not be stored say of alerts and standing orders, to be laid over what the store says.
///
/// Take it before the store is read: what was stored in between is then found there, and the newer state counts.
public struct UnrecordedTurns: Sendable {
    private var alerts: [AlertID: Alert] = [:]
    private var timelines: [AlertID: [TimelineEntry]] = [:]
    private var deliveries: [AlertID: [DeliveryID: Delivery]] = [:]
    private(set) var orders: [OrderID: StandingOrder] = [:]
    private var tests: [DeviceAddress: DeviceTest] = [:]
    private var visits: [ResidentID: Visit] = [:]

    public init() {}

    public var isEmpty: Bool { alerts.isEmpty && orders.isEmpty && tests.isEmpty && visits.isEmpty }

    /// Takes over what a turn has to say.
    public mutating func add(_ turn: Turn) {
        for alert in turn.alerts { alerts[alert.id] = alert }
        for order in turn.orders { orders[order.id] = order }
        for test in turn.tests where tests[test.device].map({ $0.testedAt <= test.testedAt }) ?? true { tests[test.device] = test }
        for visit in turn.visits where visits[visit.resident].map({ $0.visitedAt <= visit.visitedAt }) ?? true {
            visits[visit.resident] = visit
        }
        for entry in turn.timeline { timelines[entry.alert, default: []].append(entry) }
        for delivery in turn.deliveries { deliveries[delivery.alert, default: [:]][delivery.id] = delivery }
    }

    /// A list of the store's as it would be if everything were stored, in the order of the filter.
    ///
    /// - Parameter read: reads such a list from the store.
    public func list(
        _ filter: AlertFilter, read: (AlertFilter) async throws -> [Alert]
    ) async throws -> [(alert: Alert, isRecorded: Bool)] {
        var wider = filter
        // Some of those may have to go.
        wider.limit = filter.limit + alerts.count
        let all = lay(
            alerts, over: try await read(wider), id: \.id, isNewer: { $0.timelineCount > $1?.timelineCount ?? 0 }, where: filter.admits)
        let sorted = all.sorted { filter.precedes($0.value, $1.value) }
        return sorted.prefix(filter.limit).map { (alert: $0.value, isRecorded: $0.isRecorded) }
    }

    /// What the store says, with what is newer in its place; in no order.
    func lay<Value>(
        _ fresh: [Identifier<Value>: Value], over recorded: [Value], id: (Value) -> Identifier<Value>,
        isNewer: (Value, _ recorded: Value?) -> Bool, where admits: (Value) -> Bool
    ) -> [(value: Value, isRecorded: Bool)] {
        let stored = Dictionary(recorded.map { (id($0), $0) }) { $1 }
        let newer = fresh.filter { isNewer($0.value, stored[$0.key]) }
        return recorded.filter { newer[id($0)] == nil }.map { (value: $0, isRecorded: true) }
            + newer.values.filter(admits).map { (value: $0, isRecorded: false) }
    }

    /// What a report is made of, as it would be if everything were stored; in order of the alerts' ids.
    public func histories(over recorded: [AlertHistory]) -> [AlertHistory] {
        var histories = Dictionary(recorded.map { ($0.alert.id, $0) }) { first, _ in first }
        for (id, alert) in alerts {
            let known = histories[id]?.alert.timelineCount ?? 0
            guard alert.timelineCount > known else { continue }
            let fresh = (timelines[id] ?? []).filter { $0.number > known && AlertHistory.events.contains($0.event) }
            histories[id] = AlertHistory(alert: alert, entries: (histories[id]?.entries ?? []) + fresh)
        }
        return histories.values.sorted { $0.alert.id < $1.alert.id }
    }

    /// The last test of each device, as it would be if everything were stored.
    public func tests(over recorded: [DeviceTest]) -> [DeviceAddress: DeviceTest] {
        Dictionary(recorded.map { ($0.device, $0) }) { $1 }.merging(tests) { $0.testedAt > $1.testedAt ? $0 : $1 }
    }

    /// The last visit to each resident, as it would be if everything were stored.
    public func visits(over recorded: [Visit]) -> [ResidentID: Visit] {
        Dictionary(recorded.map { ($0.resident, $0) }) { $1 }.merging(visits) { $0.visitedAt > $1.visitedAt ? $0 : $1 }
    }

    /// An alert's story as it would be if everything were stored.
    ///
    /// - Parameter recorded: the store's; nil where it knows no such alert.
    public func story(of id: AlertID, over recorded: AlertStory?) -> AlertStory? {
        guard let alert = alerts[id], alert.timelineCount > recorded?.alert.timelineCount ?? 0 else { return recorded }
        var story = recorded ?? AlertStory(alert: alert, timeline: [], deliveries: [])
        story.alert = alert
        story.isRecorded = false
        let last = story.timeline.last?.number ?? 0
        story.timeline += (timelines[id] ?? []).filter { $0.number > last }
        let newer = deliveries[id] ?? [:]
        story.deliveries = story.deliveries.filter { newer[$0.id] == nil } + newer.values
        story.deliveries.sort { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        return story
    }
}

extension AlertFilter {
    /// Whether an alert belongs into the list, its length aside.
    fileprivate func admits(_ alert: Alert) -> Bool {
        let isOfState =
            switch state {
            case .open: alert.isOpen
            case .closed: !alert.isOpen
            case .all: true
            }
        return isOfState && (kind ?? alert.key.kind) == alert.key.kind && (severity ?? alert.severity) == alert.severity
    }
}
