public import VigilCore

/// What people can see of the connection to a bound device.
public struct BluetoothConnectionStatus: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        /// Not connected: it was not heard lately, waits for its turn, or for the next attempt.
        case waiting
        case connecting
        case connected
        case disconnecting
    }

    public let address: BluetoothAddress
    public let state: State
    /// Since when; nil for one that was never tried.
    public let since: BootTime?
    /// The last value that it measured.
    public let lastValueAt: BootTime?
    /// Not before then it is tried again.
    public let nextTryAt: BootTime?
    /// Why the last connection ended, or could not be made, while it is waiting; nil where it gave way to another device.
    public let lastError: String?
    /// What is subscribed.
    public let characteristics: [BluetoothUUID]
}
