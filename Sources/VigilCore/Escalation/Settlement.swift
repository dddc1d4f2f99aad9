/// What became of a delivery.
struct Settlement: Sendable {
    var delivery: Delivery
    /// It failed, and never before: the person's next channel is tried as well.
    var isFirstFailure: Bool
    /// It did not arrive in its time, and is not worth sending any more: neither again nor over another channel.
    var isExpired = false
    /// Why it did not arrive.
    var cause: DeliveryCause?
}
