public import VigilCore

/// A turn while it is written: inputs, and the latest of every alert and delivery, each once.
public struct SimulatorTurn: Sendable {
    public private(set) var turn = Turn()
    /// What each input led to, by its sequence.
    public private(set) var effects: [Int64: [Effect]] = [:]
    /// Something left the core: it is stored now.
    public private(set) var isUrgent = false

    public init() {}

    public mutating func add(_ input: StampedInput, _ fresh: [Effect]) {
        turn.journal.append(input)
        effects[input.sequence] = fresh
        for effect in fresh {
            switch effect {
            case .alert(let alert, let entry):
                turn.timeline.append(entry)
                turn.alerts.removeAll { $0.id == alert.id }
                turn.alerts.append(alert)
                isUrgent = true
            case .delivery(let delivery):
                turn.deliveries.removeAll { $0.id == delivery.id }
                turn.deliveries.append(delivery)
                isUrgent = true
            case .order(let order):
                turn.orders.removeAll { $0.id == order.id }
                turn.orders.append(order)
                isUrgent = true
            case .reply: isUrgent = true
            case .tested(let test): turn.tests.append(test)
            case .battery(let reading): turn.batteries.append(reading)
            case .visited(let visit): turn.visits.append(visit)
            case .finding, .receipt, .opened, .undecodable, .fault, .late, .unclaimed, .announcement: break
            }
        }
    }

    /// Takes a later turn in behind this one.
    mutating func append(_ later: SimulatorTurn) {
        for input in later.turn.journal { add(input, later.effects[input.sequence] ?? []) }
    }

    public mutating func add(_ snapshot: Snapshot) { turn.snapshot = snapshot }
}
