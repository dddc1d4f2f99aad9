public import VigilCore
public import VigilStore

/// A device that speaks and that nobody has registered.
public struct UnclaimedReport: Codable, Hashable, Sendable {
    public var dialect: Dialect
    public var address: String
    public var firstAt: WallTime
    public var lastAt: WallTime
    public var sightings: Int
    /// The beginning of its latest payload.
    public var sample: PayloadSample

    public init(_ device: UnclaimedDevice, clock: ClockReading) {
        dialect = device.address.dialect
        address = device.address.name
        firstAt = clock.wall(at: device.firstAt)
        lastAt = clock.wall(at: device.lastAt)
        sightings = device.sightings
        sample = PayloadSample(device.sample)
    }

    enum CodingKeys: String, CodingKey {
        case dialect, address
        case firstAt = "first_at"
        case lastAt = "last_at"
        case sightings, sample
    }
}
