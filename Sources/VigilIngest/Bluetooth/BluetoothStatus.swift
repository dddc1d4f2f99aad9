public import VigilCore

/// What a Bluetooth receiver hears, for people.
public struct BluetoothStatus: Hashable, Sendable {
    public struct Adapter: Hashable, Sendable {
        public enum State: String, Hashable, Sendable {
            /// It is being opened, or waits for the next attempt.
            case closed
            case hearing
            /// It stands, and hears nobody any more.
            case deaf
        }

        /// As the configuration writes it.
        public let name: String
        public internal(set) var state = State.closed
        public internal(set) var since: BootTime
        /// Why it does not hear.
        public internal(set) var reason: String?
        public internal(set) var heardAt: BootTime?
        /// Advertisements and scan responses.
        public internal(set) var reports = 0
        /// Bytes and packets that made no sense.
        public internal(set) var skipped = 0
    }

    public internal(set) var adapters: [Adapter]
    /// At most 2,000; who was heard last comes first.
    public internal(set) var advertisers: [HeardAdvertiser] = []
    /// The registered devices that may be connected to.
    public internal(set) var connections: [BluetoothConnectionStatus] = []
    /// What was heard and became frames.
    public internal(set) var told = 0
    /// What was only repeated.
    public internal(set) var repeated = 0
    /// What nobody wants to know.
    public internal(set) var uninteresting = 0
    /// What strangers said beyond their allowance.
    public internal(set) var leftOut = 0
    /// What was said under registered addresses beyond theirs.
    public internal(set) var leftOutRegistered = 0
    /// What was lost because nobody took the frames in time.
    public internal(set) var lost = 0
}
