/// While the watch was away for longer than a rule of absence waits, whatever happened to a resident would not have been noticed
/// (`alert-lifecycle.md`, section 7).
public struct UnobservedGap: Hashable, Codable, Sendable {
    /// Up to when somebody watched.
    public var from: EngineTime
    /// When the watch went on. Until then nobody listened; whether they are well is known only when they are next heard or seen.
    public var until: EngineTime

    public init(from: EngineTime, until: EngineTime) {
        self.from = from
        self.until = until
    }
}
