public import VigilCore

/// How it ended.
public struct ClosureReport: Codable, Hashable, Sendable {
    public var at: WallTime
    public var by: String
    public var outcome: OutcomeCode
    public var note: String

    public init(_ closure: Closure, clock: ClockReading) {
        at = clock.wall(at: closure.at)
        by = closure.by.name
        outcome = closure.outcome
        note = closure.note
    }
}
