import HeapModule

/// The unsettled deliveries: who goes next on each channel, and when to try again.
///
/// A delivery is leased only into a free slot of its channel, and the slot is free again when the delivery is settled, so that what is
/// under way at a crash is bounded by the channels' concurrency. The rows in the store mirror every change.
struct Outbox: Sendable {
    /// Most severe first, then oldest.
    private struct Waiting: Comparable, Sendable {
        let severity: Severity
        let createdAt: EngineTime
        let id: DeliveryID

        static func < (a: Self, b: Self) -> Bool {
            a.severity != b.severity ? a.severity > b.severity : (a.createdAt, a.id) < (b.createdAt, b.id)
        }
    }

    private struct Lane: Sendable {
        var concurrency: Int
        var sending: Set<DeliveryID> = []
        var waiting = Heap<Waiting>()
    }

    /// A worker answers within its channel's deadline of 15 s; after this the attempt counts as lost.
    static let leaseLength = Milliseconds.seconds(30)
    /// A provider may ask for patience, but not for longer than this.
    private static let longestRetryAfter = Milliseconds.minutes(5)
    private static let noChannel = "the channel was removed from the configuration"

    private var pending = PendingDeliveries()
    private var lanes: [ChannelID: Lane] = [:]
    private var deadlines = DeadlineQueue<DeliveryID>()

    var nextDeadline: EngineTime? { deadlines.next }
    var count: Int { pending.count }
    /// In order of their ids.
    var all: [Delivery] { pending.all }
    var counts: [ChannelID: Int] { pending.counts }

    func has(_ channel: ChannelID) -> Bool { lanes[channel] != nil }
    func unsettled(of alert: AlertID) -> [Delivery] { pending.of(alert) }

    /// - Returns: what waited for a channel that is gone: failed for good.
    mutating func use(_ channels: [ChannelLimits], at time: EngineTime, into effects: inout [Effect]) -> [Settlement] {
        for channel in channels { lanes[channel.id, default: Lane(concurrency: 0)].concurrency = max(1, channel.concurrency) }
        for id in lanes.keys.sorted() where !channels.contains(where: { $0.id == id }) { lanes[id] = nil }
        for id in lanes.keys.sorted() { fill(id, at: time, into: &effects) }
        return strand(into: &effects)
    }

    /// Fails what waits for a channel that does not exist.
    private mutating func strand(into effects: inout [Effect]) -> [Settlement] {
        let stranded = pending.all.filter { $0.state == .ready && lanes[$0.channel] == nil }
        return stranded.map { delivery in
            var failed = delivery
            failed.state = .failed
            failed.lastFailure = Self.noChannel
            pending[delivery.id] = nil
            effects.append(.delivery(failed))
            return Settlement(delivery: failed, isFirstFailure: delivery.lastFailure == nil)
        }
    }

    mutating func add(_ delivery: Delivery, at time: EngineTime, into effects: inout [Effect]) {
        pending[delivery.id] = delivery
        enqueue(delivery)
        fill(delivery.channel, at: time, into: &effects)
        // Leased at once, it was told as leased; otherwise it is told as waiting.
        if pending[delivery.id]?.state == .ready { effects.append(.delivery(delivery)) }
    }

    /// What an attempt came to; nil when the result is of a lease that is over: it changes nothing.
    mutating func settle(_ result: DeliveryResult, at time: EngineTime, into effects: inout [Effect]) -> Settlement? {
        guard var delivery = pending[result.delivery], delivery.state == .sending, delivery.lease == result.lease else { return nil }
        let isFirstFailure = result.outcome != .delivered && delivery.lastFailure == nil
        delivery.leaseUntil = nil
        switch result.outcome {
        case .delivered:
            delivery.state = .delivered
            delivery.lastFailure = nil
        case .permanent(let reason):
            delivery.state = .failed
            delivery.lastFailure = reason
        case .retryable(let reason, let after):
            delivery.lastFailure = reason
            let wait = Backoff.delay(after: delivery.attempts, key: delivery.id, severity: delivery.severity)
            delivery.dueAt = time + max(wait, min(after ?? .zero, Self.longestRetryAfter))
            delivery.state = delivery.dueAt >= delivery.expiresAt || lanes[delivery.channel] == nil ? .failed : .ready
        }
        lanes[delivery.channel]?.sending.remove(delivery.id)
        pending[delivery.id] = delivery.state == .ready ? delivery : nil
        if delivery.state == .ready { deadlines.schedule(delivery.id, at: delivery.dueAt) }
        effects.append(.delivery(delivery))
        fill(delivery.channel, at: time, into: &effects)
        return Settlement(delivery: delivery, isFirstFailure: isFirstFailure)
    }

    /// Takes back what has not been sent. A worker that holds one of them asks once more before it opens the socket.
    mutating func withdraw(_ ids: [DeliveryID], at time: EngineTime, into effects: inout [Effect]) {
        var freed: Set<ChannelID> = []
        for id in ids {
            guard var delivery = pending[id] else { continue }
            pending[id] = nil
            lanes[delivery.channel]?.sending.remove(id)
            freed.insert(delivery.channel)
            delivery.state = .withdrawn
            delivery.leaseUntil = nil
            effects.append(.delivery(delivery))
        }
        // Only now: a slot must not go to what is withdrawn next.
        for channel in freed.sorted() { fill(channel, at: time, into: &effects) }
    }

    /// Due retries go into their lanes; leases that ran out count as failed attempts and are returned.
    mutating func fireDeadlines(at time: EngineTime, into effects: inout [Effect]) -> [DeliveryResult] {
        var lost: [DeliveryResult] = []
        while let (id, _) = deadlines.popDue(at: time) {
            guard let delivery = pending[id] else { continue }
            switch delivery.state {
            case .ready where delivery.dueAt <= time:
                enqueue(delivery)
                fill(delivery.channel, at: time, into: &effects)
            case .ready: deadlines.schedule(id, at: delivery.dueAt)
            case .sending:
                guard let until = delivery.leaseUntil else { continue }
                guard until <= time else {
                    deadlines.schedule(id, at: until)
                    continue
                }
                let outcome = DeliveryOutcome.retryable(reason: "no answer from the worker within \(Self.leaseLength.text)", after: nil)
                lost.append(DeliveryResult(delivery: id, lease: delivery.lease, outcome: outcome))
            case .delivered, .failed, .withdrawn: continue
            }
        }
        return lost
    }

    /// Takes over the rows of the store after a start.
    mutating func restore(_ deliveries: [Delivery]) {
        for delivery in deliveries where delivery.state == .ready || delivery.state == .sending { pending[delivery.id] = delivery }
    }

    /// After a start: what was under way goes again, under the same key, and everything that is due gets its slot.
    ///
    /// - Returns: what waited for a channel that is gone: failed for good.
    mutating func resume(at time: EngineTime, into effects: inout [Effect]) -> [Settlement] {
        deadlines.removeAll()
        for id in lanes.keys.sorted() {
            lanes[id]?.sending = []
            lanes[id]?.waiting = Heap()
        }
        for var delivery in pending.all {
            if delivery.state == .sending {
                delivery.state = .ready
                delivery.leaseUntil = nil
                delivery.dueAt = delivery.createdAt
                pending[delivery.id] = delivery
            }
            if delivery.dueAt <= time { enqueue(delivery) } else { deadlines.schedule(delivery.id, at: delivery.dueAt) }
        }
        for id in lanes.keys.sorted() { fill(id, at: time, into: &effects) }
        return strand(into: &effects)
    }

    private mutating func enqueue(_ delivery: Delivery) {
        let waiting = Waiting(severity: delivery.severity, createdAt: delivery.createdAt, id: delivery.id)
        lanes[delivery.channel]?.waiting.insert(waiting)
    }

    /// Leases waiting deliveries into the free slots of a channel.
    private mutating func fill(_ channel: ChannelID, at time: EngineTime, into effects: inout [Effect]) {
        while let id = nextToSend(on: channel) {
            lanes[channel]?.waiting.removeMin()
            // Withdrawn meanwhile, or waiting for its retry.
            guard var delivery = pending[id], delivery.state == .ready, delivery.dueAt <= time else { continue }
            delivery.state = .sending
            delivery.lease += 1
            delivery.leaseUntil = time + Self.leaseLength
            pending[id] = delivery
            lanes[channel]?.sending.insert(id)
            deadlines.schedule(id, at: time + Self.leaseLength)
            effects.append(.delivery(delivery))
        }
    }

    /// The first that waits, if there is a slot for it; where a channel has two or more, one is kept for red.
    private func nextToSend(on channel: ChannelID) -> DeliveryID? {
        guard let lane = lanes[channel], let first = lane.waiting.min else { return nil }
        let usable = first.severity == .red || lane.concurrency == 1 ? lane.concurrency : lane.concurrency - 1
        return lane.sending.count < usable ? first.id : nil
    }
}
