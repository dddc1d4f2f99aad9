/// What became of a delivery.
struct Settlement: Sendable {
    var delivery: Delivery
    /// It failed, and never before: the person's next channel is tried as well.
    var isFirstFailure: Bool
}
