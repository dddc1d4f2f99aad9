/// A stretch of time in which nobody stands in a roster.
struct RosterGap: Hashable, Sendable {
    let from: WallTime
    /// nil where nobody comes within the roster's horizon.
    let until: WallTime?

    /// Whether it is what is left of this one at a later instant.
    func isSame(as later: RosterGap, at now: WallTime) -> Bool {
        until == later.until && (from == later.from || (from <= now && later.from <= now))
    }
}
