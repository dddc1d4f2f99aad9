public import VigilCore

/// Everything that is known of one registered device.
public struct DeviceDetailReport: Codable, Hashable, Sendable {
    /// What it said last of one kind.
    public struct Value: Codable, Hashable, Sendable {
        public var kind: ObservationKind
        public var value: ObservationValue
        public var at: WallTime?
    }

    public var device: DeviceReport
    /// As its maker calls it.
    public var model: String?
    /// The bridge that it is heard through, where the registry names one.
    public var via: DeviceID?
    /// When it counts as stale or dead if it stays silent.
    public var staleAt: WallTime?
    public var deadAt: WallTime?
    /// When it was last shown to call for help.
    public var testedAt: WallTime?
    public var values: [Value]
    /// Its last messages, newest first.
    public var frames: [FrameReport]
    /// How many messages of everybody were looked through for them.
    public var lookedThrough: Int
    /// Where the journal ends: what it says from here on comes after.
    public var lastSequence: Int64
    public var asOf: WallTime
    public var timeZone: String

    enum CodingKeys: String, CodingKey {
        case device, model, via
        case staleAt = "stale_at"
        case deadAt = "dead_at"
        case testedAt = "tested_at"
        case values, frames
        case lookedThrough = "looked_through"
        case lastSequence = "last_sequence"
        case asOf = "as_of"
        case timeZone = "time_zone"
    }
}
