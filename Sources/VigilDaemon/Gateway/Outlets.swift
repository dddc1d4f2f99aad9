public import VigilCore

/// What the gateway does to the world once a turn is stored.
public struct Outlets: Sendable {
    /// A leased delivery goes to its channel's worker, who is told whether the store has it.
    public var submit: @Sendable (_ delivery: Delivery, _ isRecorded: Bool) -> Void
    /// Not needed any more; a worker that holds it asks before it opens the socket.
    public var withdraw: @Sendable (DeliveryID) -> Void
    /// A device is told that its message is stored.
    public var receipt: @Sendable (Receipt) -> Void
    /// The timeline has new lines: alert log and followers read on.
    public var timelineGrew: @Sendable () -> Void

    public init(
        submit: @escaping @Sendable (_ delivery: Delivery, _ isRecorded: Bool) -> Void,
        withdraw: @escaping @Sendable (DeliveryID) -> Void,
        receipt: @escaping @Sendable (Receipt) -> Void, timelineGrew: @escaping @Sendable () -> Void
    ) {
        self.submit = submit
        self.withdraw = withdraw
        self.receipt = receipt
        self.timelineGrew = timelineGrew
    }
}
