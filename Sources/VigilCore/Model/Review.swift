/// A second person agreed with how a red alert ended; who does not agree opens it again.
public struct Review: Hashable, Codable, Sendable {
    public var at: EngineTime
    public var by: Actor
    public var note: String

    public init(at: EngineTime, by: Actor, note: String) {
        self.at = at
        self.by = by
        self.note = note
    }
}
