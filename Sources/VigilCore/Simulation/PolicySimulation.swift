/// Who would be told when, on which channel, while nobody answers: what the engine decided in virtual time.
public struct PolicySimulation: Hashable, Codable, Sendable {
    public var kind: AlertKind
    /// Whom or what the alert is about, which need not be what was asked for: smoke is about the flat.
    public var subject: Subject
    public var severity: Severity
    public var alertClass: AlertClass
    /// The rule that raises it.
    public var rule: RuleID
    public var policy: PolicyID
    /// When it happens.
    public var at: WallTime
    /// IANA name: the clock of the configuration.
    public var timeZone: String
    /// In the order in which it happens.
    public var lines: [SimulatedLine]
    /// Whether it was followed until the last step had repeated once; false where that would have taken too many lines.
    public var isComplete: Bool

    enum CodingKeys: String, CodingKey {
        case kind, subject, severity, rule, policy, at, lines
        case alertClass = "class"
        case timeZone = "time_zone"
        case isComplete = "complete"
    }
}
