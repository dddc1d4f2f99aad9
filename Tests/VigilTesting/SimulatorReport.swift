public import VigilCore

/// What a simulated life left behind, to be held against the promises.
public struct SimulatorReport: Sendable {
    public var seed: UInt64
    public var store: SimulatorStore
    /// What each journaled input led to, by its sequence.
    public var effects: [Int64: [Effect]]
    /// Attempts that left the box, per delivery: the lease of each.
    public var attempts: [DeliveryID: [Int]]
    public var crashes: Int
    /// What went against a promise, with the input's sequence number.
    public var violations: [String]
}
