/// What of a box is no rule and can be a trap all the same: what it sets off, and who outside hears of it.
public struct SetupSite: Hashable, Sendable {
    /// A monitor outside notices when the box is gone.
    public var hasHeartbeat: Bool
    /// What may be set off and is never acknowledged by the device.
    public var unacknowledged: [ActionID]

    public init(hasHeartbeat: Bool, unacknowledged: [ActionID]) {
        self.hasHeartbeat = hasHeartbeat
        self.unacknowledged = unacknowledged
    }
}
