public import VigilCore

/// Sends one message and returns one verdict. Retries, order and time are not its business.
///
/// `send` blocks for at most its channel's deadline (15 s); each worker thread has an instance of its own.
public protocol NotificationChannel {
    /// The kind in the configuration.
    static var kind: String { get }

    func send(_ delivery: Delivery) -> DeliveryOutcome
}
