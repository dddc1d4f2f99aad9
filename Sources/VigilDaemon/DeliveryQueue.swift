internal import VigilCore

/// Deliveries that wait for a thread: most severe first, then oldest.
struct DeliveryQueue {
    /// In reverse: the next one is the last.
    private var waiting: [Delivery] = []

    var count: Int { waiting.count }

    mutating func insert(_ delivery: Delivery) {
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = low + (high - low) / 2
            if Self.precedes(delivery, waiting[middle]) { low = middle + 1 } else { high = middle }
        }
        waiting.insert(delivery, at: low)
    }

    mutating func next() -> Delivery? { waiting.popLast() }

    /// Takes these out; answers those that were here.
    mutating func remove(_ ids: Set<DeliveryID>) -> [Delivery] {
        let found = waiting.filter { ids.contains($0.id) }
        if !found.isEmpty { waiting.removeAll { ids.contains($0.id) } }
        return found
    }

    /// Takes everything out, the next one first.
    mutating func removeAll() -> [Delivery] {
        defer { waiting = [] }
        return waiting.reversed()
    }

    private static func precedes(_ a: Delivery, _ b: Delivery) -> Bool {
        if a.severity != b.severity { return a.severity > b.severity }
        return (a.createdAt, a.id) < (b.createdAt, b.id)
    }
}
