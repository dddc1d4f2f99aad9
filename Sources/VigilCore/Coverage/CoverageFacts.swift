/// What is known at one moment of everything that protects people: the engine's part, and what the shell adds.
public struct CoverageFacts: Sendable {
    /// What the engine remembers of a device.
    public struct Heard: Hashable, Sendable {
        public var at: EngineTime?
        /// Its wearer took it off, by its last word.
        public var isOffBody: Bool
        /// It is not connected, by its broker's or its bridge's last word.
        public var isOffline: Bool
        /// Its messages are refused, and there is an alert about it: nobody counts on it.
        public var isRefused: Bool
        /// What it has ever said.
        public var says: Set<ObservationKind>
        /// It says itself that its battery is low.
        public var hasLowBattery: Bool
        /// nil where it never said how full its battery is.
        public var battery: BatteryTrend?
    }

    public var registry: Registry
    public var rules: RuleSet
    public var now: EngineTime
    public var clock: ClockReading
    public var devices: [DeviceID: Heard]
    public var blindList: [Blindness]
    /// What people have put in force or planned.
    public var orders: [StandingOrder]
    /// Residents whose silence says nothing now.
    public var paused: Set<ResidentID>
    /// What becomes known is recorded.
    public var isRecording = true
    /// How long a turn may wait for its commit.
    public var linger = Milliseconds.zero
    public var deliveries: [LastDelivery] = []
}

/// What became of the latest messages to one person over one channel, to one address there.
public struct LastDelivery: Hashable, Sendable {
    public var contact: ContactID
    public var channel: ChannelID
    public var address: String
    /// When the last one that arrived was sent.
    public var deliveredAt: EngineTime?
    /// The last attempt at one that did not arrive, whether or not it is tried again.
    public var failedAt: EngineTime?

    public init(contact: ContactID, channel: ChannelID, address: String, deliveredAt: EngineTime?, failedAt: EngineTime?) {
        self.contact = contact
        self.channel = channel
        self.address = address
        self.deliveredAt = deliveredAt
        self.failedAt = failedAt
    }
}
