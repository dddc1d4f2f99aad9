import VigilCore

/// A turn while it is being written: what is to be stored, and what may leave the box once it is.
struct TurnDraft {
    private(set) var turn = Turn()
    private(set) var replies: [CommandReply] = []
    private(set) var receipts: [Receipt] = []
    /// Answers that wait for the commit without being the engine's.
    private(set) var completions: [@Sendable (_ isStored: Bool) -> Void] = []
    private var alertIndex: [AlertID: Int] = [:]
    private var deliveryIndex: [DeliveryID: Int] = [:]
    private var orderIndex: [OrderID: Int] = [:]
    /// Leases that nobody is to be given with this turn: what they are for went out before it was stored, or gives its slot back.
    private var spent: [DeliveryID: Int] = [:]
    /// Attempts that were leased and that nobody was given: nobody else can answer for them.
    private(set) var unsent: [DeliveryResult] = []
    /// Something left the core: not to be kept waiting.
    private(set) var isUrgent = false
    /// Something is known now that the journal alone would not tell a recovery.
    private(set) var needsSnapshot = false

    var isEmpty: Bool { turn.isEmpty && completions.isEmpty && replies.isEmpty }

    mutating func journal(_ input: StampedInput) { turn.journal.append(input) }

    /// Notes what an input led to.
    mutating func add(_ effects: [Effect], of input: StampedInput?, at time: EngineTime) {
        var faulty: [(device: DeviceAddress, reasons: [String])] = []
        for effect in effects {
            switch effect {
            case .alert(let alert, let entry):
                isUrgent = true
                turn.timeline.append(entry)
                Self.place(alert, in: &turn.alerts, by: &alertIndex, key: alert.id)
            case .delivery(let delivery):
                isUrgent = true
                noteUnsent(delivery)
                Self.place(delivery, in: &turn.deliveries, by: &deliveryIndex, key: delivery.id)
            case .order(let order):
                isUrgent = true
                Self.place(order, in: &turn.orders, by: &orderIndex, key: order.id)
            case .tested(let test): turn.tests.append(test)
            case .battery(let reading): turn.batteries.append(reading)
            case .visited(let visit): turn.visits.append(visit)
            case .reply(let reply):
                isUrgent = true
                replies.append(reply)
            case .receipt(let receipt): receipts.append(receipt)
            case .opened: demandSnapshot()
            case .undecodable(let address, let failure): quarantine(address, failure, input)
            case .unclaimed(let address, let speaksForOthers): claim(address, speaksForOthers, input)
            case .announcement(let change): turn.announcements.append(change)
            case .fault(let address, let detail):
                if let known = faulty.firstIndex(where: { $0.device == address }) {
                    faulty[known].reasons.append(detail)
                } else {
                    faulty.append((address, [detail]))
                }
            case .finding, .late: break
            }
        }
        // Kept like what is not understood at all: for its device, with a sample.
        for (device, reasons) in faulty { quarantine(device, DecodeFailure(.faultyPart, reasons.joined(separator: "; ")), input) }
    }

    private static func place<Row, Key: Hashable>(_ row: Row, in rows: inout [Row], by index: inout [Key: Int], key: Key) {
        if let place = index[key] {
            rows[place] = row
        } else {
            index[key] = rows.count
            rows.append(row)
        }
    }

    private mutating func noteUnsent(_ delivery: Delivery) {
        guard delivery.state == .withdrawn, let index = deliveryIndex[delivery.id], turn.deliveries[index].state == .sending else {
            return
        }
        unsent.append(DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: nil))
    }

    private mutating func quarantine(_ address: DeviceAddress?, _ failure: DecodeFailure, _ input: StampedInput?) {
        guard let input, case .frame(let frame) = input.input else { return }
        turn.quarantine.append(
            QuarantinedFrame(sequence: input.sequence, at: input.at, address: address, frame: frame, failure: failure))
    }

    private mutating func claim(_ address: DeviceAddress, _ speaksForOthers: Bool, _ input: StampedInput?) {
        guard let input, case .frame(let frame) = input.input else { return }
        let sighting = UnclaimedSighting(
            address: address, at: input.at, sample: frame.payload, speaksForOthers: speaksForOthers)
        turn.unclaimed.append(sighting)
    }

    mutating func confirm(_ position: ConfirmedPosition) {
        turn.confirmed.removeAll { $0.source == position.source }
        turn.confirmed.append(position)
    }

    mutating func snapshot(_ snapshot: Snapshot) { turn.snapshot = snapshot }
    mutating func discontinuity(_ mark: Discontinuity) { turn.discontinuity = mark }

    mutating func markUrgent() { isUrgent = true }

    /// The turn ends soon, and with a snapshot.
    mutating func demandSnapshot() {
        isUrgent = true
        needsSnapshot = true
    }

    mutating func markLetOut(_ delivery: Delivery) { spent[delivery.id] = delivery.lease }

    /// What is still due goes another time, under another lease.
    mutating func giveBackDue() {
        for delivery in due {
            spent[delivery.id] = delivery.lease
            unsent.append(DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: nil))
        }
    }

    /// People have their answers, once, and so has the engine for what nobody was given. Who waits for something to be stored goes on waiting.
    mutating func markAnswered() {
        replies = []
        unsent = []
    }

    /// Deliveries whose attempt is still to be made.
    var due: [Delivery] { turn.deliveries.filter { $0.state == .sending && spent[$0.id] != $0.lease } }

    mutating func whenStored(_ completion: @escaping @Sendable (_ isStored: Bool) -> Void) {
        isUrgent = true
        completions.append(completion)
    }

    /// Drops the oldest frames beyond the limit: the broker keeps them, and the snapshot has what they meant.
    mutating func keepLatest(_ limit: Int) -> Int {
        let excess = turn.journal.count - limit
        guard excess > 0 else { return 0 }
        turn.journal.removeFirst(excess)
        return excess
    }

    /// Leaves out what is written once and never again; alerts, deliveries, orders, tests and visits stay, as states that can be said anew.
    mutating func dropHistory() {
        turn.journal = []
        turn.timeline = []
        turn.quarantine = []
        turn.unclaimed = []
        turn.announcements = []
        dropMarks()
        // What was not journaled is not receipted: the device says it again.
        receipts = []
    }

    /// Leaves out what is true of one attempt only.
    mutating func dropMarks() {
        turn.snapshot = nil
        turn.discontinuity = nil
    }

    mutating func dropJournal() { turn.journal = [] }

    /// Takes over every alert, delivery and standing order as the engine has it.
    ///
    /// What is with a worker already, from turns that were stored, does not become due again.
    mutating func restate(_ engine: Engine) {
        for order in engine.standingOrders { Self.place(order, in: &turn.orders, by: &orderIndex, key: order.id) }
        let due = Dictionary(due.map { ($0.id, $0.lease) }) { $1 }
        for alert in engine.alerts { Self.place(alert, in: &turn.alerts, by: &alertIndex, key: alert.id) }
        for delivery in engine.deliveries {
            if delivery.state == .sending, due[delivery.id] != delivery.lease { markLetOut(delivery) }
            Self.place(delivery, in: &turn.deliveries, by: &deliveryIndex, key: delivery.id)
        }
    }

    /// Takes a later draft in behind this one.
    mutating func append(_ later: TurnDraft) {
        turn.journal.append(contentsOf: later.turn.journal)
        turn.timeline.append(contentsOf: later.turn.timeline)
        for alert in later.turn.alerts { Self.place(alert, in: &turn.alerts, by: &alertIndex, key: alert.id) }
        for delivery in later.turn.deliveries { Self.place(delivery, in: &turn.deliveries, by: &deliveryIndex, key: delivery.id) }
        for order in later.turn.orders { Self.place(order, in: &turn.orders, by: &orderIndex, key: order.id) }
        turn.tests.append(contentsOf: later.turn.tests)
        turn.batteries.append(contentsOf: later.turn.batteries)
        turn.visits.append(contentsOf: later.turn.visits)
        for position in later.turn.confirmed { confirm(position) }
        turn.quarantine.append(contentsOf: later.turn.quarantine)
        turn.unclaimed.append(contentsOf: later.turn.unclaimed)
        turn.announcements.append(contentsOf: later.turn.announcements)
        replies.append(contentsOf: later.replies)
        receipts.append(contentsOf: later.receipts)
        completions.append(contentsOf: later.completions)
        unsent.append(contentsOf: later.unsent)
        spent.merge(later.spent) { $1 }
        isUrgent = isUrgent || later.isUrgent
        needsSnapshot = needsSnapshot || later.needsSnapshot
    }
}
