internal import Foundation
public import VigilCore

/// What a new engine starts from: the tables, and the snapshot that the journal's tail continues.
public struct RecoveredState: Sendable {
    /// Made up when the database was created; the same for its whole life.
    public var installation: String
    /// The last input that was ever taken; 0 before the first.
    public var lastSequence: Int64
    /// The time of the last journal row; nil before the first.
    public var lastTime: EngineTime?
    /// The last start of the daemon, and where the wall clock stood when it was last read.
    public var lastStart: StampedStart?
    public var lastClock: ClockReading?
    /// Detector and decoder state; nil before the first snapshot. Continue with `StoreReader.forEachInput(after: snapshot.sequence)`.
    public var snapshot: RecoveredSnapshot?
    /// Registry and rules as the snapshot was made under.
    public var registryAtSnapshot: Registry?
    public var rulesAtSnapshot: RuleSet?
    /// Registry and rules of the highest version.
    public var registry: Registry?
    public var rules: RuleSet?
    /// Open, or closed within the reopen window; in order of their ids.
    public var alerts: [Alert]
    /// The highest episode of every key that ever had an alert.
    public var episodes: [AlertKey: Int]
    /// Ready or sending; in order of their ids.
    public var deliveries: [Delivery]
    /// Those that are not over, and the latest one; in order of their numbers.
    public var orders: [StandingOrder]
    /// What devices said of their batteries.
    public var batteries: [DeviceAddress: BatteryTrend]
    public var confirmed: [SourceID: Int64]
    /// Per source, the frames after its confirmed position, in order.
    public var unconfirmed: [SourceID: [JournaledFrame]]
}

/// A start of the daemon, and when it was.
public struct StampedStart: Hashable, Codable, Sendable {
    public var start: Start
    public var at: EngineTime
}

/// A snapshot as it was stored; only its owners can read the rows.
public struct RecoveredSnapshot: Hashable, Sendable {
    /// Rows of another format than `Snapshot.format` are not to be read.
    public var format: Int
    /// The last input that is in it.
    public var sequence: Int64
    public var at: EngineTime
    public var registryVersion: Int
    public var rulesVersion: Int
    /// In order of owner and key.
    public var rows: [RecoveredRow]
}

/// One state of one owner, in the JSON that it was stored in.
public struct RecoveredRow: Hashable, Sendable {
    public var owner: String
    public var key: String
    public var body: [UInt8]

    /// The state, by whoever knows its type.
    public func decode<State: Decodable>(_: State.Type) throws(StoreError) -> State {
        do {
            return try JSONColumn.value(State.self, from: body)
        } catch {
            throw StoreError(.corrupt, action: "read a snapshot row", path: "\(owner) \(key)", cause: "it is no \(State.self)")
        }
    }
}
