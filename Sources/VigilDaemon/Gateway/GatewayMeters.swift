import Synchronization
public import VigilCore
public import VigilStore

/// What the gateway has done since it started; read by `/metrics` and `vigil status`.
public final class GatewayMeters: Sendable {
    /// Plain numbers at one moment.
    public struct Reading: Sendable {
        public var frames: [SourceID: Int64] = [:]
        public var lastFrameAt: [SourceID: EngineTime] = [:]
        public var duplicates: Int64 = 0
        public var undecodable: [DecodeFailure.Reason: Int64] = [:]
        public var faults: Int64 = 0
        public var late: Int64 = 0
        public var unclaimed: Int64 = 0
        public var alertsRaised: [AlertKind: Int64] = [:]
        public var deliveries: [DeliveryCount: Int64] = [:]
        /// Deliveries that are not settled.
        public var waiting: [ChannelID: Int] = [:]
        public var commits: Int64 = 0
        public var rows: Int64 = 0
        public var commitFailures: Int64 = 0
        public var commitMilliseconds: Int64 = 0
        /// Why nothing can be recorded; nil while all is.
        public var storageFailure: String?
        public var isStorageUp: Bool { storageFailure == nil }
        /// What happened to alerts and could not be recorded yet.
        public var unrecorded = UnrecordedTurns()
        public var sequence: Int64 = 0
        public var clock = ClockReading(wallOffset: .zero, isTrusted: false)
        public var registry = Registry()
        public var rulesVersion = 0
        public var openAlerts: [AlertID: Alert] = [:]
        /// How many residents a gap left unobserved.
        public var unobserved = 0
    }

    public struct DeliveryCount: Hashable, Sendable {
        public var channel: ChannelID
        public var state: Delivery.State
    }

    private let counts = Mutex(Reading())

    public init() {}

    public var reading: Reading { counts.withLock { $0 } }

    func count(_ input: StampedInput, _ effects: [Effect]) {
        counts.withLock { counts in
            if case .frame(let frame) = input.input {
                counts.frames[frame.source, default: 0] += 1
                counts.lastFrameAt[frame.source] = input.at
                if frame.isDuplicate { counts.duplicates += 1 }
            }
            for effect in effects { Self.count(effect, in: &counts) }
        }
    }

    private static func count(_ effect: Effect, in counts: inout Reading) {
        switch effect {
        case .undecodable(_, let failure): counts.undecodable[failure.reason, default: 0] += 1
        case .fault: counts.faults += 1
        case .late: counts.late += 1
        case .unclaimed: counts.unclaimed += 1
        case .alert(let alert, let entry):
            if entry.event == .raised || entry.event == .reopened { counts.alertsRaised[alert.key.kind, default: 0] += 1 }
        case .delivery(let delivery):
            counts.deliveries[DeliveryCount(channel: delivery.channel, state: delivery.state), default: 0] += 1
        case .finding, .order, .tested, .battery, .visited, .receipt, .reply, .opened, .announcement: break
        }
    }

    func committed(rows: Int, took: Milliseconds, succeeded: Bool) {
        counts.withLock { counts in
            counts.commits += 1
            counts.rows += succeeded ? Int64(rows) : 0
            counts.commitFailures += succeeded ? 0 : 1
            counts.commitMilliseconds += took.rawValue
        }
    }

    /// Where the engine stands after a turn.
    ///
    /// - Parameter changed: the alerts that the turn changed; it costs the same however many others are open.
    func show(_ engine: Engine, changed: [Alert]) {
        counts.withLock { counts in
            counts.sequence = engine.sequence
            counts.clock = engine.clock
            if counts.registry.version != engine.registry.version { counts.registry = engine.registry }
            counts.rulesVersion = engine.rules.version
            counts.unobserved = engine.unobservedCount
            counts.waiting = engine.unsettledDeliveries
            for alert in changed { counts.openAlerts[alert.id] = alert.isOpen ? alert : nil }
        }
    }

    /// Nothing can be recorded from here on.
    func recordingEnded(_ reason: String) { counts.withLock { $0.storageFailure = reason } }

    /// A turn that could not be stored.
    func add(unrecorded turn: Turn) { counts.withLock { $0.unrecorded.add(turn) } }

    /// Everything is stored.
    func recordingBegan() {
        counts.withLock { counts in
            counts.storageFailure = nil
            counts.unrecorded = UnrecordedTurns()
        }
    }
}
