public import VigilCore

/// Who looked at how a red alert ended, and agrees.
public struct ReviewReport: Codable, Hashable, Sendable {
    public var at: WallTime
    public var by: String
    public var note: String

    public init(_ review: Review, clock: ClockReading) {
        at = clock.wall(at: review.at)
        by = review.by.name
        note = review.note
    }
}
