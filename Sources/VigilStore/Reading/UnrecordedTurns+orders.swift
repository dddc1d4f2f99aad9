public import VigilCore

extension UnrecordedTurns {
    /// A list of the store's as it would be if everything were stored: newest first.
    ///
    /// - Parameter read: reads such a list from the store.
    public func list(
        _ filter: OrderFilter, read: (OrderFilter) async throws -> [StandingOrder]
    ) async throws -> [(order: StandingOrder, isRecorded: Bool)] {
        var wider = filter
        // Some of those may have to go.
        wider.limit = filter.limit + orders.count
        let all = lay(orders, over: try await read(wider), id: \.id, isNewer: isNewer(_:than:), where: filter.admits)
        let sorted = all.sorted { $0.value.number > $1.value.number }
        return sorted.prefix(filter.limit).map { (order: $0.value, isRecorded: $0.isRecorded) }
    }

    /// An order as it would be if everything were stored.
    ///
    /// - Parameter recorded: the store's; nil where it knows no such order.
    public func order(_ id: OrderID, over recorded: StandingOrder?) -> (order: StandingOrder, isRecorded: Bool)? {
        if let order = orders[id], isNewer(order, than: recorded) { return (order, false) }
        return recorded.map { ($0, true) }
    }

    /// An order is placed and comes to its end, and nothing else happens to it.
    private func isNewer(_ order: StandingOrder, than recorded: StandingOrder?) -> Bool {
        recorded.map { $0.end == nil && order.end != nil } ?? true
    }
}

extension OrderFilter {
    /// Whether an order belongs into the list, its length aside.
    fileprivate func admits(_ order: StandingOrder) -> Bool {
        let isOfState =
            switch state {
            case .open: order.end == nil
            case .over: order.end != nil
            case .all: true
            }
        return isOfState && (words?.contains(order.content.word) ?? true)
    }
}
