public import VigilCore

/// How the watch itself is: what `vigil status` prints.
public struct StatusReport: Codable, Hashable, Sendable {
    public var version: String
    public var startedAt: WallTime
    public var uptime: Milliseconds
    /// What keeps it from being ready; empty when it is.
    public var notReady: [String]
    public var brokers: [Broker]
    /// Ports that devices connect to.
    public var listeners: [Broker]
    /// Radios by which devices are heard.
    public var receivers: [Broker]
    public var storage: Storage
    public var engine: EngineState
    public var openAlerts: OpenAlerts
    /// How many residents nobody observed for longer than their rules of absence wait, and nobody heard or saw since.
    public var unobserved: Int
    public var channels: [Channel]
    public var journal: Journal
    /// Red alerts that nobody has and nobody is reached about.
    public var nobodyReachable: [AlertID]
    /// What the monitor outside was told last; nil where there is none, or nothing was told yet.
    public var heartbeat: Heartbeat?

    public init(
        version: String, startedAt: WallTime, uptime: Milliseconds, notReady: [String] = [], brokers: [Broker] = [],
        listeners: [Broker] = [], receivers: [Broker] = [],
        storage: Storage = Storage(isRecording: true), engine: EngineState = EngineState(), openAlerts: OpenAlerts = OpenAlerts(),
        unobserved: Int = 0, channels: [Channel] = [], journal: Journal = Journal(), nobodyReachable: [AlertID] = [],
        heartbeat: Heartbeat? = nil
    ) {
        self.version = version
        self.startedAt = startedAt
        self.uptime = uptime
        self.notReady = notReady
        self.brokers = brokers
        self.listeners = listeners
        self.receivers = receivers
        self.storage = storage
        self.engine = engine
        self.openAlerts = openAlerts
        self.unobserved = unobserved
        self.channels = channels
        self.journal = journal
        self.nobodyReachable = nobodyReachable
        self.heartbeat = heartbeat
    }

    enum CodingKeys: String, CodingKey {
        case version
        case startedAt = "started_at"
        case uptime = "uptime_ms"
        case notReady = "not_ready"
        case brokers, listeners, receivers, storage, engine
        case openAlerts = "open_alerts"
        case unobserved, channels, journal
        case nobodyReachable = "nobody_reachable"
        case heartbeat
    }
}
