public import VigilCore

/// What a replay stands on where its lines do not say.
public struct ReplayBasis: Sendable {
    public var registry: Registry?
    public var rules: RuleSet?
    /// Stands on these even where the lines bring their own: what would have happened with other rules.
    public var isOverriding: Bool

    public init(registry: Registry? = nil, rules: RuleSet? = nil, isOverriding: Bool = false) {
        self.registry = registry
        self.rules = rules
        self.isOverriding = isOverriding
    }
}
