public import VigilCore
public import VigilStore

/// The answer that lists devices nobody registered: an object, so that a field can be added.
public struct UnclaimedList: Codable, Hashable, Sendable {
    public var devices: [UnclaimedReport]

    /// How many there are, where only some are listed.
    public var total: Int

    /// Those that speak, and behind them those that are only announced; a device of both is listed once.
    public init(_ speaking: [UnclaimedDevice], announcements: [Announcement], clock: ClockReading, limit: Int) {
        var announced = Dictionary(grouping: announcements, by: \.address)
        devices = speaking.map { device in
            let of = announced.removeValue(forKey: device.address).map { AnnouncementReport($0, of: device.address) }
            return UnclaimedReport(device, announced: of, clock: clock)
        }
        devices += announced.sorted { $0.key < $1.key }.map {
            UnclaimedReport($0.key, announced: AnnouncementReport($0.value, of: $0.key))
        }
        total = devices.count
        devices = Array(devices.prefix(limit))
    }
}
