public import VigilCore

/// A standing order as the API tells it: `{"id": "away-3", "away": "r0042", ...}`, with times by the wall.
public struct OrderReport: Codable, Hashable, Sendable {
    public enum State: String, Codable, Sendable {
        /// From `from` on.
        case open
        /// Somebody ended it before its time.
        case ended
        case expired
    }

    public var id: OrderID
    public var content: StandingOrder.Content
    public var state: State
    public var placedAt: WallTime
    public var from: WallTime
    public var until: WallTime
    public var by: String
    public var reason: String
    public var endedAt: WallTime?
    public var endedBy: String?
    /// False while the storage fails and this is known from memory alone.
    public var isRecorded: Bool

    public init(_ order: StandingOrder, isRecorded: Bool, clock: ClockReading) {
        id = order.id
        content = order.content
        state = order.end.map { $0.by == .engine ? .expired : .ended } ?? .open
        placedAt = clock.wall(at: order.placedAt)
        from = clock.wall(at: order.from)
        until = clock.wall(at: order.until)
        by = order.by.name
        reason = order.reason
        endedAt = order.end.map { clock.wall(at: $0.at) }
        endedBy = order.end.map(\.by.name)
        self.isRecorded = isRecorded
    }

    enum CodingKeys: String, CodingKey {
        case id, state
        case placedAt = "placed_at"
        case from, until, by, reason
        case endedAt = "ended_at"
        case endedBy = "ended_by"
        case isRecorded = "recorded"
    }

    public init(from decoder: any Decoder) throws {
        content = try StandingOrder.Content(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(OrderID.self, forKey: .id)
        state = try container.decode(State.self, forKey: .state)
        placedAt = try container.decode(WallTime.self, forKey: .placedAt)
        from = try container.decode(WallTime.self, forKey: .from)
        until = try container.decode(WallTime.self, forKey: .until)
        by = try container.decode(String.self, forKey: .by)
        reason = try container.decode(String.self, forKey: .reason)
        endedAt = try container.decodeIfPresent(WallTime.self, forKey: .endedAt)
        endedBy = try container.decodeIfPresent(String.self, forKey: .endedBy)
        isRecorded = try container.decode(Bool.self, forKey: .isRecorded)
    }

    public func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(state, forKey: .state)
        try container.encode(placedAt, forKey: .placedAt)
        try container.encode(from, forKey: .from)
        try container.encode(until, forKey: .until)
        try container.encode(by, forKey: .by)
        try container.encode(reason, forKey: .reason)
        try container.encodeIfPresent(endedAt, forKey: .endedAt)
        try container.encodeIfPresent(endedBy, forKey: .endedBy)
        try container.encode(isRecorded, forKey: .isRecorded)
    }
}
