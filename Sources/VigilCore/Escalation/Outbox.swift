import HeapModule

/// The unsettled deliveries: who goes next on each channel, and when to try again.
///
/// A delivery is leased only into a free slot of its channel, and the slot is free again when the delivery is settled, so that what is
/// under way at a crash is bounded by the channels' concurrency. The rows in the store mirror every change.
struct Outbox: Sendable {
    /// Most severe first, then what never failed, so that news does not wait behind what a dead address refuses again; then oldest.
    private struct Waiting: Comparable, Sendable {
        let severity: Severity
        let isRetry: Bool
        let createdAt: EngineTime
        let id: DeliveryID

        init(_ delivery: Delivery) {
            severity = delivery.severity
            isRetry = delivery.lastFailure != nil
            createdAt = delivery.createdAt
            id = delivery.id
        }

        static func < (a: Self, b: Self) -> Bool {
            if a.severity != b.severity { return a.severity > b.severity }
            return a.isRetry != b.isRetry ? b.isRetry : (a.createdAt, a.id) < (b.createdAt, b.id)
        }
    }

    private struct Lane: Sendable {
        /// Zero once the channel is gone, for as long as its workers may still be sending.
        var concurrency: Int
        /// Who holds a slot: what is under way, and what was withdrawn so late that its worker may be sending it.
        var sending: Set<DeliveryID> = []
        var waiting = Heap<Waiting>()
    }

    /// A worker answers within its channel's deadline of 15 s; after this the attempt counts as lost.
    static let leaseLength = Milliseconds.seconds(30)
    /// A provider may ask for patience, but not for longer than this.
    private static let longestRetryAfter = Milliseconds.minutes(5)
    private static let noChannel = "the channel was removed from the configuration"
    private static let outOfTime = "expired"

    var pace = MessagePace()
    var pending = PendingDeliveries()
    private var lanes: [ChannelID: Lane] = [:]
    /// Withdrawn under way: settled, and their slots are not free before their workers answered.
    private var leaving: [DeliveryID: Delivery] = [:]
    var deadlines = DeadlineQueue<DeliveryID>()
    /// When what is kept back of a group is due.
    var groupDeadlines = DeadlineQueue<MessageGroup>()
    var scouts = Scouts()
    /// While nothing can be stored only red leaves the box (`architecture.md`, rule 6), so nothing else may hold a slot.
    private var isRecording = true

    var nextDeadline: EngineTime? {
        EngineTime.earlier(EngineTime.earlier(deadlines.next, groupDeadlines.next), scouts.nextDeadline)
    }
    var count: Int { pending.count }
    /// In order of their ids.
    var all: [Delivery] { pending.all }
    var counts: [ChannelID: Int] { pending.counts }

    func has(_ channel: ChannelID) -> Bool { lanes[channel].map { $0.concurrency > 0 } ?? false }
    func unsettled(of alert: AlertID) -> [Delivery] { pending.of(alert) }
    func unsettled(_ purpose: Delivery.Purpose, on channel: ChannelID) -> [Delivery] { pending.with(purpose, on: channel) }

    func isSummaryPending(for contact: ContactID, on channel: ChannelID) -> Bool {
        pending.hasSummary(for: contact, on: channel)
    }

    /// - Returns: what waited for a channel that is gone: failed for good.
    mutating func use(_ channels: [ChannelLimits], at time: EngineTime, into effects: inout [Effect]) -> [Settlement] {
        for channel in channels { lanes[channel.id, default: Lane(concurrency: 0)].concurrency = max(1, channel.concurrency) }
        for id in lanes.keys.sorted() where !channels.contains(where: { $0.id == id }) {
            lanes[id]?.concurrency = 0
            lanes[id]?.waiting = Heap()
            dropIfGone(id)
        }
        for id in lanes.keys.sorted() { fill(id, at: time, into: &effects) }
        return strand(into: &effects)
    }

    private mutating func dropIfGone(_ channel: ChannelID) {
        if let lane = lanes[channel], lane.concurrency == 0, lane.sending.isEmpty { lanes[channel] = nil }
    }

    /// Fails what waits for a channel that does not exist.
    private mutating func strand(into effects: inout [Effect]) -> [Settlement] {
        let stranded = pending.all.filter { $0.state == .ready && !has($0.channel) }
        return stranded.map { delivery in
            let failed = fail(delivery, Self.noChannel, into: &effects)
            return Settlement(delivery: failed, isFirstFailure: delivery.lastFailure == nil, cause: .noChannel)
        }
    }

    private mutating func fail(_ delivery: Delivery, _ reason: String, into effects: inout [Effect]) -> Delivery {
        var failed = delivery
        failed.state = .failed
        failed.lastFailure = reason
        pending[delivery.id] = nil
        scouts.leave(delivery)
        pace.forget(delivery)
        effects.append(.delivery(failed))
        return failed
    }

    mutating func add(_ delivery: Delivery, at time: EngineTime, into effects: inout [Effect]) {
        pending[delivery.id] = delivery
        guard delivery.dueAt <= time else {
            effects.append(.delivery(delivery))
            return wait(delivery)
        }
        enqueue(delivery, at: time)
        fill(delivery.channel, at: time, into: &effects)
        // Leased at once, it was told as leased; otherwise it is told as waiting.
        guard let waiting = waiting(delivery.id) else { return }
        effects.append(.delivery(waiting))
        deadlines.schedule(delivery.id, at: lookAt(waiting))
    }

    /// Until it is due.
    private mutating func wait(_ delivery: Delivery) {
        deadlines.schedule(delivery.id, at: delivery.dueAt)
        if delivery.admittedAt == nil, let group = delivery.group { groupDeadlines.schedule(group, at: delivery.dueAt) }
    }

    /// Tries it not before a moment, which may be sooner than the one so far. What is under way goes on.
    mutating func reschedule(_ id: DeliveryID, to due: EngineTime, at time: EngineTime, into effects: inout [Effect]) {
        guard var delivery = pending[id], delivery.state == .ready, delivery.dueAt != due else { return }
        delivery.dueAt = due
        pending[id] = delivery
        pace.note(delivery)
        retry(delivery, at: time, into: &effects)
        // Leased at once, it was told as leased; otherwise it is told as waiting.
        if let waiting = waiting(id) { effects.append(.delivery(waiting)) }
    }

    private func waiting(_ id: DeliveryID) -> Delivery? { pending[id].flatMap { $0.state == .ready ? $0 : nil } }

    /// What an attempt came to; nil when the result is of a lease that is over: it changes nothing.
    mutating func settle(_ result: DeliveryResult, at time: EngineTime, into effects: inout [Effect]) -> Settlement? {
        if let gone = leaving[result.delivery] {
            if gone.lease == result.lease { release(gone, at: time, into: &effects) }
            return nil
        }
        guard var delivery = pending[result.delivery], delivery.state == .sending, delivery.lease == result.lease else { return nil }
        guard let outcome = result.outcome else { return takeBack(delivery, at: time, into: &effects) }
        let isFirstFailure = outcome != .delivered && delivery.lastFailure == nil
        var isExpired = false
        delivery.leaseUntil = nil
        switch outcome {
        case .delivered:
            delivery.state = .delivered
            delivery.lastFailure = nil
        case .permanent(let reason, _):
            delivery.state = .failed
            delivery.lastFailure = reason
        case .retryable(let reason, let after, _):
            delivery.lastFailure = reason
            let wait = Backoff.delay(after: delivery.attempts, key: delivery.id, severity: delivery.severity)
            let wish = min(after ?? .zero, Self.longestRetryAfter)
            delivery.dueAt = time + max(wait, wish)
            isExpired = delivery.dueAt >= delivery.expiresAt
            if isExpired { delivery.lastFailure = "\(Self.outOfTime): \(reason)" }
            delivery.state = isExpired || !has(delivery.channel) ? .failed : .ready
            if delivery.state == .ready { scouts.wait(delivery, notBefore: time + wish, at: time) }
        }
        pending[delivery.id] = delivery.state == .ready ? delivery : nil
        if delivery.state == .failed { pace.forget(delivery) } else { pace.note(delivery) }
        if delivery.state == .ready { deadlines.schedule(delivery.id, at: delivery.dueAt) }
        effects.append(.delivery(delivery))
        // Also a refusal for good is an answer.
        if case .retryable = outcome {} else { followScout(on: delivery.channel, at: time, into: &effects) }
        release(delivery, at: time, into: &effects)
        return Settlement(delivery: delivery, isFirstFailure: isFirstFailure && !isExpired, isExpired: isExpired, cause: outcome.cause)
    }

    /// It waits as if it had never been leased; the token is spent, because the store may have it.
    private mutating func takeBack(_ leased: Delivery, at time: EngineTime, into effects: inout [Effect]) -> Settlement? {
        var delivery = leased
        delivery.state = .ready
        delivery.leaseUntil = nil
        guard has(delivery.channel) else {
            let failed = fail(delivery, Self.noChannel, into: &effects)
            release(failed, at: time, into: &effects)
            return Settlement(delivery: failed, isFirstFailure: leased.lastFailure == nil, cause: .noChannel)
        }
        pending[delivery.id] = delivery
        enqueue(delivery, at: time)
        release(delivery, at: time, into: &effects)
        // Leased again at once, it was told as leased.
        guard waiting(delivery.id) != nil else { return nil }
        effects.append(.delivery(delivery))
        deadlines.schedule(delivery.id, at: lookAt(delivery))
        return nil
    }

    /// The worker is done with it: its slot goes to the next.
    private mutating func release(_ delivery: Delivery, at time: EngineTime, into effects: inout [Effect]) {
        leaving[delivery.id] = nil
        lanes[delivery.channel]?.sending.remove(delivery.id)
        dropIfGone(delivery.channel)
        fill(delivery.channel, at: time, into: &effects)
    }

    /// Takes back what has not been sent. A worker that holds one of them asks once more before it opens the socket.
    ///
    /// It may be past that, so the slot of what is under way stays taken until the worker answers or the lease is over: what a crash finds
    /// under way is never more than the slots.
    mutating func withdraw(_ ids: [DeliveryID], into effects: inout [Effect]) {
        for id in ids {
            guard var delivery = pending[id] else { continue }
            pending[id] = nil
            scouts.leave(delivery)
            if delivery.state == .sending { leaving[id] = delivery }
            delivery.state = .withdrawn
            delivery.leaseUntil = nil
            if delivery.isHeard { pace.note(delivery) } else { pace.forget(delivery) }
            effects.append(.delivery(delivery))
            // A digest of which nothing is left has nothing to say.
            if let digest = delivery.digest, pending[digest] != nil, pending.members(of: digest).isEmpty {
                withdraw([digest], into: &effects)
            }
        }
    }

    /// Due retries go into their lanes; leases that ran out are failed attempts, and what is out of time fails for good.
    mutating func fireDeadlines(at time: EngineTime, into effects: inout [Effect]) -> [Settlement] {
        var settlements: [Settlement] = []
        while let (id, _) = deadlines.popDue(at: time) {
            if let gone = leaving[id] {
                giveUp(on: gone, at: time, into: &effects)
            } else if let delivery = pending[id], delivery.state == .sending {
                if let settlement = giveUp(on: delivery, at: time, into: &effects) { settlements.append(settlement) }
            } else if let delivery = pending[id], delivery.state == .grouped {
                // It shares the fate of its digest, which has deadlines of its own.
                continue
            } else if let delivery = pending[id], delivery.expiresAt <= time {
                let failed = fail(delivery, Self.outOfTime, into: &effects)
                settlements.append(Settlement(delivery: failed, isFirstFailure: false, isExpired: true, cause: .outOfTime))
            } else if let delivery = pending[id], isJammed(delivery, at: time) {
                deadlines.schedule(id, at: delivery.expiresAt)
                settlements.append(noteJam(delivery, into: &effects))
            } else if let delivery = pending[id] {
                letOut(delivery, at: time, into: &effects)
            }
        }
        sendScouts(at: time, into: &effects)
        return settlements
    }

    /// A worker that has not answered by the end of its lease is not waited for.
    @discardableResult
    private mutating func giveUp(on leased: Delivery, at time: EngineTime, into effects: inout [Effect]) -> Settlement? {
        guard let until = leased.leaseUntil else { return nil }
        guard until <= time else {
            deadlines.schedule(leased.id, at: until)
            return nil
        }
        let outcome = DeliveryOutcome.retryable(
            reason: "no answer from the worker within \(Self.leaseLength.text)", after: nil, cause: .timeout)
        return settle(DeliveryResult(delivery: leased.id, lease: leased.lease, outcome: outcome), at: time, into: &effects)
    }

    /// Gives its lane what is due.
    mutating func letOut(_ delivery: Delivery, at time: EngineTime, into effects: inout [Effect]) {
        retry(delivery, at: time, into: &effects)
        // That it was let out is told, also where it has no slot yet: it counts from here on.
        if delivery.admittedAt == nil, let waiting = waiting(delivery.id), waiting.admittedAt != nil {
            effects.append(.delivery(waiting))
        }
    }

    private mutating func retry(_ delivery: Delivery, at time: EngineTime, into effects: inout [Effect]) {
        guard delivery.dueAt <= time else { return wait(delivery) }
        enqueue(delivery, at: time)
        fill(delivery.channel, at: time, into: &effects)
        if let waiting = waiting(delivery.id) { deadlines.schedule(waiting.id, at: lookAt(waiting)) }
    }

    /// Nothing can be stored from here on.
    mutating func recordingEnded() { isRecording = false }

    /// What waited for the storage gets its slot.
    mutating func recordingBegan(at time: EngineTime, into effects: inout [Effect]) {
        isRecording = true
        for id in lanes.keys.sorted() { fill(id, at: time, into: &effects) }
    }

    /// Takes over the rows of the store after a start: what is not settled, and what counts for the cap still.
    mutating func restore(_ deliveries: [Delivery]) {
        for delivery in deliveries {
            if !delivery.isSettled { pending[delivery.id] = delivery }
            if delivery.isHeard { pace.note(delivery) }
        }
        // A damaged database may have lost a digest, and not what it stood for.
        for var orphan in deliveries where orphan.state == .grouped && orphan.digest.flatMap({ pending[$0] }) == nil {
            orphan.state = .ready
            orphan.digest = nil
            pending[orphan.id] = orphan
        }
    }

    /// After a start: the workers are new and hold nothing, and nothing has a slot.
    ///
    /// - Returns: what was under way, and goes again under the same key.
    mutating func forgetWorkers() -> [DeliveryID] {
        deadlines.removeAll()
        groupDeadlines.removeAll()
        scouts.removeAll()
        leaving = [:]
        // Each life finds out for itself.
        isRecording = true
        for id in lanes.keys.sorted() {
            lanes[id]?.sending = []
            lanes[id]?.waiting = Heap()
            dropIfGone(id)
        }
        return pending.all.filter { $0.state == .sending }.map { underWay in
            var delivery = underWay
            delivery.state = .ready
            delivery.leaseUntil = nil
            delivery.dueAt = delivery.createdAt
            pending[delivery.id] = delivery
            return delivery.id
        }
    }

    /// After a start: everything that is due gets its slot.
    ///
    /// - Parameter wereUnderWay: what `forgetWorkers` named.
    /// - Returns: what waited for a channel that is gone: failed for good.
    mutating func resume(_ wereUnderWay: [DeliveryID], at time: EngineTime, into effects: inout [Effect]) -> [Settlement] {
        var toTell = wereUnderWay
        let before = Set(wereUnderWay)
        for delivery in pending.all where delivery.state == .ready {
            if delivery.dueAt > time {
                wait(delivery)
                awaitScout(delivery, at: time)
            } else {
                enqueue(delivery, at: time)
                if delivery.admittedAt == nil, !before.contains(delivery.id) { toTell.append(delivery.id) }
            }
        }
        for id in lanes.keys.sorted() { fill(id, at: time, into: &effects) }
        for delivery in pending.all where delivery.state == .ready && delivery.dueAt <= time {
            deadlines.schedule(delivery.id, at: lookAt(delivery))
        }
        let stranded = strand(into: &effects)
        // The table must not show a lease that nobody holds: the next crash would count it. What is out of time is settled at once.
        let waiting = toTell.compactMap { pending[$0] }.filter { $0.state == .ready && $0.expiresAt > time }
        effects += waiting.map { .delivery($0) }
        return stranded
    }

    private mutating func enqueue(_ delivery: Delivery, at time: EngineTime) {
        admit(delivery, at: time)
        scouts.leave(delivery)
        lanes[delivery.channel]?.waiting.insert(Waiting(delivery))
    }

    /// From here on it counts as a message that its recipient gets.
    private mutating func admit(_ delivery: Delivery, at time: EngineTime) {
        guard delivery.admittedAt == nil, has(delivery.channel) else { return }
        pending[delivery.id]?.admittedAt = time
        if let admitted = pending[delivery.id] { pace.note(admitted) }
    }

    /// Leases waiting deliveries into the free slots of a channel.
    private mutating func fill(_ channel: ChannelID, at time: EngineTime, into effects: inout [Effect]) {
        while let id = nextToSend(on: channel) {
            lanes[channel]?.waiting.removeMin()
            // Withdrawn meanwhile, or waiting for its retry; what is out of time is settled by its deadline.
            guard var delivery = pending[id], delivery.state == .ready, delivery.dueAt <= time, delivery.expiresAt > time else {
                continue
            }
            delivery.state = .sending
            delivery.lease += 1
            delivery.leaseUntil = time + Self.leaseLength
            delivery.admittedAt = time
            pending[id] = delivery
            scouts.leave(delivery)
            pace.note(delivery)
            lanes[channel]?.sending.insert(id)
            deadlines.schedule(id, at: time + Self.leaseLength)
            effects.append(.delivery(delivery))
        }
    }

    /// The first that waits, if there is a slot for it; where a channel has two or more, one is kept for red.
    private func nextToSend(on channel: ChannelID) -> DeliveryID? {
        guard let lane = lanes[channel], let first = lane.waiting.min, isRecording || first.severity == .red else { return nil }
        let usable = first.severity == .red || lane.concurrency == 1 ? lane.concurrency : lane.concurrency - 1
        return lane.sending.count < usable ? first.id : nil
    }
}
