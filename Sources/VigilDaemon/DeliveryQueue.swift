internal import VigilCore

/// Deliveries that wait for a thread: most severe first, then oldest.
struct DeliveryQueue {
    /// In reverse: the next one is the last.
    private var waiting: [Delivery] = []
    /// What no table remembers: nobody sends it if it is not sent now.
    private var unrecorded: Set<DeliveryID> = []

    var count: Int { waiting.count }

    mutating func insert(_ delivery: Delivery, isRecorded: Bool = true) {
        if !isRecorded { unrecorded.insert(delivery.id) }
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = low + (high - low) / 2
            if Self.precedes(delivery, waiting[middle]) { low = middle + 1 } else { high = middle }
        }
        waiting.insert(delivery, at: low)
    }

    mutating func next() -> Delivery? {
        let next = waiting.popLast()
        if let next { unrecorded.remove(next.id) }
        return next
    }

    /// Takes these out; answers those that were here.
    mutating func remove(_ ids: Set<DeliveryID>) -> [Delivery] {
        let found = waiting.filter { ids.contains($0.id) }
        if !found.isEmpty { waiting.removeAll { ids.contains($0.id) } }
        unrecorded.subtract(ids)
        return found
    }

    /// Takes out what goes again after the next start, the next one first.
    mutating func removeRecorded() -> [Delivery] {
        let recorded = waiting.filter { !unrecorded.contains($0.id) }
        waiting.removeAll { !unrecorded.contains($0.id) }
        return recorded.reversed()
    }

    private static func precedes(_ a: Delivery, _ b: Delivery) -> Bool {
        if a.severity != b.severity { return a.severity > b.severity }
        return (a.createdAt, a.id) < (b.createdAt, b.id)
    }
}
