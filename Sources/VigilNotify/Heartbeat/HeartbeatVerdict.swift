/// How the watch is, as the outside hears it: well, or why not. Ids only: what is said leaves the box.
public struct HeartbeatVerdict: Hashable, Sendable {
    /// Empty when all is well.
    public var reasons: [String]

    public init(reasons: [String] = []) { self.reasons = reasons }

    public var isWell: Bool { reasons.isEmpty }
}
