public import VigilCore

/// What is announced of a device that nobody has registered: who it is, and what it would be here.
public struct AnnouncementReport: Codable, Hashable, Sendable {
    /// A device that announces more has the rest left out.
    private static let mostReadings = 64

    public var name: String?
    public var manufacturer: String?
    public var model: String?
    public var readings: [Announcement.Reading]
    /// A draft of a profile for a device whose dialect nobody decodes; nil where none is needed, or where its topics do not tell devices apart.
    public var profile: String?

    /// - Parameter announcements: all that are made of the device, at least one.
    public init(_ announcements: [Announcement], of address: DeviceAddress) {
        name = announcements.lazy.compactMap(\.name).first
        manufacturer = announcements.lazy.compactMap(\.manufacturer).first
        model = announcements.lazy.compactMap(\.model).first
        var seen: Set<Announcement.Reading> = []
        readings = Array(announcements.flatMap(\.readings).filter { seen.insert($0).inserted }.prefix(Self.mostReadings))
        if address.dialect == Announcement.dialect { profile = ProfileProposal(of: address.name, readings)?.text }
    }
}
