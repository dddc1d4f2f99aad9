/// What can be said of a silence.
enum Silence: Hashable, Sendable {
    /// A source is down: unknown, for as long as that lasts.
    case deaf
    /// All sources are back, and will have been heard long enough after this.
    case unsettled(Milliseconds)
    /// Nothing was heard for so long while all sources listened.
    case lasting(Milliseconds)
}
