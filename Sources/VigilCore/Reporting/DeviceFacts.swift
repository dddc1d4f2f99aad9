/// What is known at one moment of all registered devices, and by which registry and rules.
public struct DeviceFacts: Sendable {
    public var registry: Registry
    public var rules: RuleSet
    public var now: EngineTime
    /// In the registry's order.
    public var conditions: [DeviceCondition]
}
