public import VigilCore
public import VigilStore

/// A device that speaks or is announced, and that nobody has registered.
public struct UnclaimedReport: Codable, Hashable, Sendable {
    /// As it would stand in the registry.
    public var dialect: Dialect
    public var address: String
    /// When it was heard; nil of one that is only announced.
    public var firstAt: WallTime?
    public var lastAt: WallTime?
    public var sightings: Int
    /// The beginning of its latest payload.
    public var sample: PayloadSample?
    /// It is a gateway or receiver, and nobody's device: a message of it told of others alone.
    public var speaksForOthers: Bool
    /// What its own system announces of it, where one does.
    public var announced: AnnouncementReport?

    public init(_ device: UnclaimedDevice, announced: AnnouncementReport? = nil, clock: ClockReading) {
        dialect = device.address.dialect
        address = device.address.name
        firstAt = clock.wall(at: device.firstAt)
        lastAt = clock.wall(at: device.lastAt)
        sightings = device.sightings
        sample = PayloadSample(device.sample)
        speaksForOthers = device.speaksForOthers
        self.announced = announced
    }

    /// A device that was not heard.
    public init(_ address: DeviceAddress, announced: AnnouncementReport) {
        dialect = address.dialect
        self.address = address.name
        sightings = 0
        speaksForOthers = false
        self.announced = announced
    }

    enum CodingKeys: String, CodingKey {
        case dialect, address
        case firstAt = "first_at"
        case lastAt = "last_at"
        case sightings, sample, announced
        case speaksForOthers = "speaks_for_others"
    }
}
