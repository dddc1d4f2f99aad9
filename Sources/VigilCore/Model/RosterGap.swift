/// A stretch of time in which nobody stands in a roster.
struct RosterGap: Hashable, Sendable {
    let from: WallTime
    /// nil where nobody comes within the roster's horizon.
    let until: WallTime?
}
