/// How fast one person is told things: a few of a kind one by one, what comes then together, and no more messages than the cap
/// (`promises.md`, 4; ISA-18.2 calls more than ten alarms in ten minutes a flood).
///
/// It holds the messages that were let out within the cap's window. Its state is what the table of deliveries says of them, so a restart
/// gives nobody a second helping.
struct MessagePace: Sendable {
    private struct Mark: Sendable {
        /// Of the latest attempt; of what is to be tried again, of the next one.
        let at: EngineTime
        let admittedAt: EngineTime
        let kind: AlertKind
        let purpose: Delivery.Purpose
        let severity: Severity
        let isDrill: Bool
        /// nil for a digest.
        let alert: AlertID?
    }

    /// So many of a kind go one by one before the next ones are told together.
    static let singles = 3
    /// So many alerts of a kind within this are a flood, or more of them within the cap's window.
    private static let flood = (within: Milliseconds.seconds(30), slowly: 5)
    /// How long to gather after the last message of a kind, by how many there were beyond the first ones: what comes first is new, and more
    /// and more of what comes later repeats. With the first three they come to the cap.
    private static let gathering: [Milliseconds] = [
        .seconds(4), .seconds(4), .seconds(4), .seconds(30), .seconds(60), .seconds(120), .seconds(240),
    ]
    /// What is tried again within this counts already. What waits longer, because its channel is down, keeps no place.
    private static let soon = Milliseconds.seconds(30)
    /// Of ten messages four are kept for red ones: those that somebody is needed for, and the news that somebody has it.
    private static let commonShare = 6
    /// Of these two are kept for the news: what calls for the third time and more keeps nobody from hearing that somebody has it, and that it
    /// is over.
    private static let callShare = (part: 8, after: 2)
    private static let whole = 10

    var cap = MessageCap()
    private var marks: [ContactID: [DeliveryID: Mark]] = [:]

    /// When the next message of a group may go; nil when it may at once.
    ///
    /// The first red message about somebody goes whatever was sent before, unless their kind floods: neither a fall nor another person's call
    /// is kept waiting by a device that cries without end. What was yellow, in somebody's hands or closed before is red
    /// news as well.
    ///
    /// - Parameters:
    ///   - alert: what it is about.
    ///   - askedAnewAt: since when people are asked anew (`Alert.askedAnewAt`).
    func earliest(
        for group: MessageGroup, about alert: AlertID, askedAnewAt: EngineTime? = nil, at now: EngineTime
    ) -> EngineTime? {
        let sent = sent(to: group.contact, at: now)
        let alike = alike(group, sent)
        let isFlood = isFlood(alike, about: alert, at: now)
        let own = alike.filter { $0.alert == alert }
        let isNew = !own.contains { mark in askedAnewAt.map { mark.at >= $0 } ?? true }
        if Self.isUrgent(group) && isNew && !isFlood { return nil }
        let earliest = max(gathered(isFlood ? alike : own, at: now), withinCap(group, calls: own.count, sent, at: now))
        return earliest > now ? earliest : nil
    }

    /// Whether so many of a group may go one by one, now that they may go.
    func takesSingly(_ count: Int, of group: MessageGroup, at now: EngineTime) -> Bool {
        let sent = sent(to: group.contact, at: now)
        let alike = alike(group, sent)
        let recent = alike.filter { now - $0.at < Self.flood.within }.count
        return count == 1 || cap.within == .zero
            || !alike.contains { $0.alert == nil } && recent + count <= Self.singles && sent.count + count <= limit(group)
    }

    private func sent(to contact: ContactID, at now: EngineTime) -> [Mark] {
        (marks[contact] ?? [:]).values.filter { now - $0.at < cap.within && $0.at - now < Self.soon }
    }

    private func alike(_ group: MessageGroup, _ sent: [Mark]) -> [Mark] {
        sent.filter {
            $0.kind == group.kind && $0.purpose == group.purpose && $0.severity == group.severity && $0.isDrill == group.isDrill
        }
    }

    private static func isUrgent(_ group: MessageGroup) -> Bool { group.severity == .red && group.purpose == .notify }

    /// After how many messages the next of a group waits.
    ///
    /// - Parameter calls: how often its alert called already.
    private func limit(_ group: MessageGroup, calls: Int = 0) -> Int {
        guard group.severity == .red else { return share(Self.commonShare) }
        return share(Self.isUrgent(group) && calls >= Self.callShare.after ? Self.callShare.part : Self.whole)
    }

    private func share(_ part: Int) -> Int { max(1, cap.messages * part / Self.whole) }

    private func isFlood(_ alike: [Mark], about alert: AlertID, at now: EngineTime) -> Bool {
        if alike.contains(where: { $0.alert == nil }) { return true }
        let others = alike.filter { $0.alert != alert }
        let recent = others.filter { now - $0.at < Self.flood.within }
        return Set(recent.map(\.alert)).count >= Self.singles || Set(others.map(\.alert)).count >= Self.flood.slowly
    }

    private func gathered(_ alike: [Mark], at now: EngineTime) -> EngineTime {
        guard alike.count >= Self.singles, let last = alike.map(\.at).max() else { return now }
        return last + Self.gathering[min(alike.count - Self.singles, Self.gathering.count - 1)]
    }

    private func withinCap(_ group: MessageGroup, calls: Int, _ sent: [Mark], at now: EngineTime) -> EngineTime {
        let all = free(sent, limit(group, calls: calls), at: now)
        guard group.purpose != .notify else { return all }
        // News upon news leaves something to the calls.
        return max(all, free(sent.filter { $0.purpose != .notify }, share(Self.commonShare), at: now))
    }

    private func free(_ sent: [Mark], _ limit: Int, at now: EngineTime) -> EngineTime {
        guard sent.count >= limit else { return now }
        return sent.map(\.at).sorted()[sent.count - limit] + cap.within
    }

    /// A message was let out, is tried again, or has arrived.
    mutating func note(_ delivery: Delivery) {
        guard let admittedAt = delivery.admittedAt else { return }
        // What was leased again and taken back is due since before.
        let at = delivery.state == .ready && delivery.lastFailure != nil ? max(delivery.dueAt, admittedAt) : admittedAt
        let mark = Mark(
            at: at, admittedAt: admittedAt, kind: delivery.message.kind, purpose: delivery.message.purpose, severity: delivery.severity,
            isDrill: delivery.message.isDrill, alert: delivery.purpose == .digest ? nil : delivery.alert)
        marks[delivery.contact, default: [:]][delivery.id] = mark
        // By what is past: a message that is tried again after the night says nothing of how old the others are.
        marks[delivery.contact] = marks[delivery.contact]?.filter { admittedAt - $0.value.admittedAt < MessageCap.longest }
    }

    /// It reached nobody: it failed for good, or was taken back before anybody tried.
    mutating func forget(_ delivery: Delivery) { marks[delivery.contact]?[delivery.id] = nil }
}
