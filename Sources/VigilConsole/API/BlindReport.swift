public import VigilCore

/// Who is not protected as they should be now, as the API tells it.
public struct BlindReport: Codable, Hashable, Sendable {
    public var resident: ResidentID
    /// What cannot be heard, or is refused, of all that speaks of them.
    public var devices: [DeviceID]
    /// The alerts about what is out.
    public var causes: [AlertID]
    public var since: WallTime
    /// If they fell silent, nobody would notice.
    public var isWhole: Bool
    /// While the watch was away nobody would have missed them, and they were neither heard nor seen since.
    public var unobserved: Gap?

    /// From when to when nobody watched.
    public struct Gap: Codable, Hashable, Sendable {
        public var from: WallTime
        public var until: WallTime
    }

    public init(_ blindness: Blindness, clock: ClockReading) {
        resident = blindness.resident
        devices = blindness.devices
        causes = blindness.causes
        since = clock.wall(at: blindness.since)
        isWhole = blindness.isWhole
        unobserved = blindness.unobserved.map { Gap(from: clock.wall(at: $0.from), until: clock.wall(at: $0.until)) }
    }

    enum CodingKeys: String, CodingKey {
        case resident, devices, causes, since
        case isWhole = "whole"
        case unobserved
    }
}
