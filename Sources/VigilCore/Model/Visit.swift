/// That somebody saw or spoke to a resident; the latest of each resident is kept.
public struct Visit: Hashable, Codable, Sendable {
    public var resident: ResidentID
    /// When it was, as far as the clock of whatever told it goes.
    public var visitedAt: EngineTime
    /// Who it was; `via` alone where a device tells of it.
    public var by: Actor
    public var note: String

    public init(resident: ResidentID, visitedAt: EngineTime, by: Actor, note: String = "") {
        self.resident = resident
        self.visitedAt = visitedAt
        self.by = by
        self.note = note
    }
}
