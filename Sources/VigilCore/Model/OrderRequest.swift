/// What somebody asks to be put in force. Lengths, not times: they mean the same on every clock.
public struct OrderRequest: Hashable, Codable, Sendable {
    public var content: StandingOrder.Content
    /// From now on unless told otherwise.
    public var startsIn: Milliseconds
    public var lasts: Milliseconds
    public var reason: String

    public init(_ content: StandingOrder.Content, startsIn: Milliseconds = .zero, lasts: Milliseconds, reason: String = "") {
        self.content = content
        self.startsIn = startsIn
        self.lasts = lasts
        self.reason = reason
    }
}
