public typealias RiskGroupID = Identifier<RiskGroup>

/// Residents who are to be seen equally often.
public struct RiskGroup: Hashable, Codable, Sendable {
    public var id: RiskGroupID
    /// How long they may go without a visit.
    public var every: Milliseconds

    public init(_ id: RiskGroupID, every: Milliseconds) {
        self.id = id
        self.every = every
    }

    /// What a group can ask for: more often nobody comes, and longer is no visit.
    public static let range = Milliseconds.hours(1) ... .hours(366 * 24)
}
