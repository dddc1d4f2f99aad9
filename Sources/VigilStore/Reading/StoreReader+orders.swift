public import VigilCore

/// Which standing orders to list.
public struct OrderFilter: Hashable, Sendable {
    public enum State: String, CaseIterable, Sendable {
        /// In force, or placed for later.
        case open
        /// Ended by somebody, or expired.
        case over
        case all
    }

    public var state: State
    /// Only these: words of `StandingOrder.Content`.
    public var words: [String]?
    public var limit: Int

    public init(state: State = .open, words: [String]? = nil, limit: Int = 100) {
        self.state = state
        self.words = words
        self.limit = limit
    }
}

extension StoreReader {
    /// Newest first.
    public func orders(_ filter: OrderFilter = OrderFilter()) async throws(StoreError) -> [StandingOrder] {
        try await read("list standing orders") { try OrderTable.fetch(filter, in: $0) }
    }

    public func order(_ id: OrderID) async throws(StoreError) -> StandingOrder? {
        try await read("show a standing order") { try OrderTable.fetch(id, in: $0) }
    }
}
