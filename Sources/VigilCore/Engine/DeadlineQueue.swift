import HeapModule

/// Due times of many owners, in order; no polling.
///
/// An owner has one due time. Moving it later costs nothing: the queue keeps at most one entry per owner, and an entry that surfaces too
/// early is put back where it belongs (`reschedule`). The due times themselves are the owners' state; the queue is rebuilt from them.
struct DeadlineQueue<Owner: Hashable & Comparable & Sendable>: Sendable {
    private struct Entry: Comparable, Sendable {
        let due: EngineTime
        let owner: Owner

        // The owner breaks ties, so that the order never depends on the order of insertion.
        static func < (a: Self, b: Self) -> Bool { (a.due, a.owner) < (b.due, b.owner) }
    }

    private var heap = Heap<Entry>()
    private var queued: [Owner: EngineTime] = [:]

    /// The earliest entry; its owner may be due later than that.
    var next: EngineTime? { heap.min?.due }

    /// Sees to it that `owner` surfaces at `due` at the latest.
    mutating func schedule(_ owner: Owner, at due: EngineTime) {
        if let earlier = queued[owner], earlier <= due { return }
        queued[owner] = due
        heap.insert(Entry(due: due, owner: owner))
    }

    /// Takes the next owner that surfaces at `time` or before, with the time it was queued for.
    mutating func popDue(at time: EngineTime) -> (owner: Owner, due: EngineTime)? {
        while let first = heap.min, first.due <= time {
            heap.removeMin()
            // A later call queued this owner for an earlier time, which has surfaced already.
            guard queued[first.owner] == first.due else { continue }
            queued[first.owner] = nil
            return (first.owner, first.due)
        }
        return nil
    }

    mutating func removeAll() {
        heap = Heap()
        queued = [:]
    }
}
