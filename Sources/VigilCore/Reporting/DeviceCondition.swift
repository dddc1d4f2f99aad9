/// What the engine knows of one registered device at one moment.
public struct DeviceCondition: Hashable, Sendable {
    /// How well it can be heard.
    public enum State: String, CaseIterable, Codable, Sendable {
        case heard
        /// Silent for longer than it usually is, and not yet for so long that it counts as dead.
        case stale
        /// Silent for longer than its class allows; of a bridge also that it, or its broker for it, said that it is gone.
        case dead
        /// Registered, and nothing ever came.
        case neverHeard = "never_heard"
        /// It cannot be heard: a bridge above it is gone, or the broker or receiver that hears it. Its own silence says nothing.
        case suspended
    }

    /// What it said last of one kind.
    public struct Value: Hashable, Sendable {
        public var kind: ObservationKind
        public var value: ObservationValue
        /// nil for what was said before that was kept.
        public var at: EngineTime?
    }

    /// Why nothing can be heard of it.
    public struct Suspension: Hashable, Sendable {
        public enum Cause: Hashable, Sendable {
            case bridge(DeviceID)
            /// A broker or receiver of the configuration.
            case source(SourceID)
        }

        public var by: Cause
        /// As far as it was heard before; nil of a source that was never up.
        public var since: EngineTime?

        public init(by: Cause, since: EngineTime?) {
            self.by = by
            self.since = since
        }
    }

    public var device: Device
    public var state: State
    /// nil unless the state is `suspended`.
    public var suspension: Suspension?
    public var lastHeardAt: EngineTime?
    /// In the order of `ObservationKind`; of events the last one.
    public var values: [Value]
    /// Its messages are refused, and there is an alert about it.
    public var isRefused = false
    /// A rule tells people of its battery now.
    public var isBatteryTold = false
    /// How its battery runs down; nil where it never said how full it is.
    public var battery: BatteryTrend?

    public init(
        device: Device, state: State, suspension: Suspension? = nil, lastHeardAt: EngineTime? = nil, values: [Value] = [],
        battery: BatteryTrend? = nil
    ) {
        self.device = device
        self.state = state
        self.suspension = suspension
        self.lastHeardAt = lastHeardAt
        self.values = values
        self.battery = battery
    }

    /// What it said last of a kind.
    public func value(_ kind: ObservationKind) -> Value? { values.first { $0.kind == kind } }

    /// In percent, by its last word.
    public var batteryPercent: Double? { value(.battery_percent)?.value.number }

    /// What is wrong with it by its own last word, apart from its silence.
    public var flags: [ObservationKind] {
        let bad: [ObservationKind] = [.battery_low, .tamper, .sensor_fault]
        return bad.filter { value($0)?.value.isTrue ?? false }
    }
}
