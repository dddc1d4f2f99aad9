/// What one turn of the gateway leaves behind: one SQLite transaction, all or nothing.
public struct Turn: Sendable {
    /// The inputs in order, without holes in their sequence.
    public var journal: [StampedInput] = []
    /// Alerts as they are at the end of the turn, each once.
    public var alerts: [Alert] = []
    public var timeline: [TimelineEntry] = []
    /// Deliveries as they are at the end of the turn, each once.
    public var deliveries: [Delivery] = []
    /// Standing orders as they are at the end of the turn, each once.
    public var orders: [StandingOrder] = []
    /// Tests of devices, in the order in which they were noted; of each device the one that happened last counts.
    public var tests: [DeviceTest] = []
    /// What devices said of their batteries, once a day each.
    public var batteries: [BatteryReading] = []
    /// Visits, in the order in which they were told; of each resident the latest counts.
    public var visits: [Visit] = []
    /// Detector and decoder states that changed since they were last written; empty between snapshots.
    public var snapshot: Snapshot?
    /// Per source: every journaled frame up to here was acknowledged, and the broker is known to have heard so.
    public var confirmed: [ConfirmedPosition] = []
    /// Frames that were not understood, as samples for people.
    public var quarantine: [QuarantinedFrame] = []
    /// Devices that the registry does not know.
    public var unclaimed: [UnclaimedSighting] = []
    /// What systems announce of devices that the registry does not know, in order.
    public var announcements: [AnnouncementChange] = []
    /// Set by the one turn that follows a storage failure; its snapshot is whole, and its journal may have holes.
    public var discontinuity: Discontinuity?

    public init() {}

    public var isEmpty: Bool {
        journal.isEmpty && alerts.isEmpty && timeline.isEmpty && deliveries.isEmpty && orders.isEmpty && snapshot == nil
            && tests.isEmpty && batteries.isEmpty && visits.isEmpty && confirmed.isEmpty && quarantine.isEmpty && unclaimed.isEmpty
            && announcements.isEmpty
            && discontinuity == nil
    }
}

/// The journal does not hold everything up to `sequence`: a replay restarts there, from the snapshot of the same turn.
public struct Discontinuity: Hashable, Codable, Sendable {
    /// The last input that the engine had taken when storage came back.
    public var sequence: Int64
    public var at: EngineTime
    /// What had failed, in plain words.
    public var reason: String

    public init(sequence: Int64, at: EngineTime, reason: String) {
        self.sequence = sequence
        self.at = at
        self.reason = reason
    }
}

/// State of the detection part of the engine after `sequence`; together with the journal's tail it rebuilds it.
public struct Snapshot: Sendable {
    /// Rises when the encoding of the rows changes; rows of another format are not read.
    public static let format = 1

    /// The last input that is in it.
    public var sequence: Int64
    public var at: EngineTime
    public var registryVersion: Int
    public var rulesVersion: Int
    /// Replace every row that was there, not only those with the same keys.
    public var isWhole: Bool
    public var rows: [SnapshotRow]

    public init(sequence: Int64, at: EngineTime, registryVersion: Int, rulesVersion: Int, isWhole: Bool, rows: [SnapshotRow]) {
        self.sequence = sequence
        self.at = at
        self.registryVersion = registryVersion
        self.rulesVersion = rulesVersion
        self.isWhole = isWhole
        self.rows = rows
    }
}

/// One state of one owner: of a rule for a subject, or of a device. A nil state deletes the row.
public struct SnapshotRow: Sendable {
    /// `rule/<id>` or `device`.
    public var owner: String
    /// Subject or address in text.
    public var key: String
    public var state: (any Encodable & Sendable)?

    public init(owner: String, key: String, state: (any Encodable & Sendable)?) {
        self.owner = owner
        self.key = key
        self.state = state
    }
}

public struct ConfirmedPosition: Hashable, Codable, Sendable {
    public var source: SourceID
    /// A journal sequence.
    public var sequence: Int64

    public init(source: SourceID, sequence: Int64) {
        self.source = source
        self.sequence = sequence
    }
}

public struct QuarantinedFrame: Hashable, Sendable {
    public var sequence: Int64
    public var at: EngineTime
    public var address: DeviceAddress?
    public var frame: Frame
    public var failure: DecodeFailure

    public init(sequence: Int64, at: EngineTime, address: DeviceAddress?, frame: Frame, failure: DecodeFailure) {
        self.sequence = sequence
        self.at = at
        self.address = address
        self.frame = frame
        self.failure = failure
    }
}

public struct UnclaimedSighting: Hashable, Sendable {
    public var address: DeviceAddress
    public var at: EngineTime
    public var sample: [UInt8]
    /// Its message told of other devices alone.
    public var speaksForOthers: Bool

    public init(address: DeviceAddress, at: EngineTime, sample: [UInt8], speaksForOthers: Bool = false) {
        self.address = address
        self.at = at
        self.sample = sample
        self.speaksForOthers = speaksForOthers
    }
}
