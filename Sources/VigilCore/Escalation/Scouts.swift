/// Red messages that failed and wait for their next try, by channel: one of them looks now and then whether the channel is back, and once
/// it is the others follow (`promises.md`, D7).
///
/// Each waits by the schedule of `Backoff`, up to a minute, so that a provider that is down is not asked by all of them again and again.
/// It is built anew at every start, from the deliveries that wait.
struct Scouts: Sendable {
    private struct Waiting: Sendable {
        let triedAt: EngineTime
        /// Whoever was asked wants to be left alone until then.
        let notBefore: EngineTime
        /// Somebody is needed, or something at the site is: worth looking for. News is not.
        let isCall: Bool
    }

    /// How often one looks. With the five seconds of an attempt to connect to what is not there, a return is noticed within ten or so.
    static let interval = Milliseconds.seconds(8)

    private var waiting: [ChannelID: [DeliveryID: Waiting]] = [:]
    private var deadlines = DeadlineQueue<ChannelID>()

    var nextDeadline: EngineTime? { deadlines.next }

    /// A message failed and is not due yet.
    mutating func wait(_ delivery: Delivery, notBefore: EngineTime, at time: EngineTime) {
        guard delivery.severity == .red else { return }
        let isCall = delivery.message.purpose == .notify || delivery.purpose == .act
        waiting[delivery.channel, default: [:]][delivery.id] = Waiting(
            triedAt: delivery.admittedAt ?? delivery.createdAt, notBefore: notBefore, isCall: isCall)
        if isCall { deadlines.schedule(delivery.channel, at: time + Self.interval) }
    }

    /// It is due, or nothing becomes of it any more.
    mutating func leave(_ delivery: Delivery) {
        guard waiting[delivery.channel]?.removeValue(forKey: delivery.id) != nil else { return }
        if waiting[delivery.channel]?.isEmpty == true { waiting[delivery.channel] = nil }
    }

    /// Who goes ahead now: on each channel whose turn it is, the one that was not tried for longest.
    mutating func popDue(at time: EngineTime) -> [DeliveryID] {
        var scouts: [DeliveryID] = []
        while let (channel, _) = deadlines.popDue(at: time) {
            let calls = (waiting[channel] ?? [:]).filter { $0.value.isCall }
            guard !calls.isEmpty else { continue }
            deadlines.schedule(channel, at: time + Self.interval)
            let first = calls.filter { $0.value.notBefore <= time }.min { ($0.value.triedAt, $0.key) < ($1.value.triedAt, $1.key) }
            if let first { scouts.append(first.key) }
        }
        return scouts
    }

    /// A channel answers: when each of its messages may go now. One that was tried only just now, and refused while others are heard, has an
    /// address of its own that fails; it is not tried with each message of the others.
    func followers(on channel: ChannelID, at time: EngineTime) -> [(id: DeliveryID, dueAt: EngineTime)] {
        (waiting[channel] ?? [:]).sorted { $0.key < $1.key }.map { id, waiting in
            (id, max(time, waiting.triedAt + Self.interval, waiting.notBefore))
        }
    }

    mutating func removeAll() {
        waiting = [:]
        deadlines.removeAll()
    }
}
