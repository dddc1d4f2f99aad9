/// An offer of responsibility: it moves only when the other one accepts.
public struct HandOver: Hashable, Codable, Sendable {
    public var to: ContactID
    public var by: Actor
    public var at: EngineTime

    public init(to: ContactID, by: Actor, at: EngineTime) {
        self.to = to
        self.by = by
        self.at = at
    }
}
