import Synchronization

/// Orders to a thread that waits in poll(), taken in the order in which they were given.
final class Mailbox<Order: Sendable>: Sendable {
    let doorbell = Doorbell()
    private let waiting = Mutex<[Order]>([])

    func post(_ order: Order) {
        waiting.withLock { $0.append(order) }
        doorbell.ring()
    }

    func take() -> [Order] {
        doorbell.hush()
        return waiting.withLock { orders in
            defer { orders.removeAll(keepingCapacity: true) }
            return orders
        }
    }
}
