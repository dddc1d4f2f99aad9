/// Deliveries that may be told together and are kept back, and when the first of them is due.
///
/// All that one wave of alarms keeps back is due at a few moments: so those are counted, and the earliest is found without a look at
/// every delivery.
struct KeptGroup: Sendable {
    private(set) var ids: Set<DeliveryID> = []
    private var counts: [EngineTime: Int] = [:]

    var earliest: EngineTime? { counts.keys.min() }

    mutating func insert(_ delivery: Delivery) {
        guard ids.insert(delivery.id).inserted else { return }
        counts[delivery.dueAt, default: 0] += 1
    }

    /// - Parameter delivery: as it was inserted.
    mutating func remove(_ delivery: Delivery) {
        guard ids.remove(delivery.id) != nil, let count = counts[delivery.dueAt] else { return }
        counts[delivery.dueAt] = count > 1 ? count - 1 : nil
    }
}
