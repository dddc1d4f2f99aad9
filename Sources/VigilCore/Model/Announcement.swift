/// What a system says of one of its devices so that programs find it: an entry of Home Assistant's discovery. Nothing was measured yet.
public struct Announcement: Hashable, Codable, Sendable {
    /// One value of the device.
    public struct Reading: Hashable, Codable, Sendable {
        /// What it would be here.
        public var kind: ObservationKind
        /// The announcer's word for what it is: `smoke`, `occupancy`.
        public var deviceClass: String
        /// Where it is published.
        public var topic: String
        /// The member of the JSON object there that holds it, nested ones with dots between; nil where the payload is the value.
        public var field: String?
        /// The payload or value for true and for false, where it has two.
        public var on: String?
        public var off: String?
        public var unit: String?

        enum CodingKeys: String, CodingKey {
            case kind
            case deviceClass = "device_class"
            case topic, field, on, off, unit
        }

        public init(
            kind: ObservationKind, deviceClass: String, topic: String, field: String? = nil, on: String? = nil, off: String? = nil,
            unit: String? = nil
        ) {
            self.kind = kind
            self.deviceClass = deviceClass
            self.topic = topic
            self.field = field
            self.on = on
            self.off = off
            self.unit = unit
        }
    }

    /// The dialect of announcements, and of devices that speak none that Vigil decodes.
    public static let dialect: Dialect = "homeassistant-discovery"

    /// Where it stands; what takes its place, or ends it, comes there too.
    public var topic: String
    /// The device as a dialect that Vigil understands names it; where none is known to, under the announcer's dialect and name. Entries with
    /// the same one speak of one device.
    public var address: DeviceAddress
    public var name: String?
    public var manufacturer: String?
    public var model: String?
    public var readings: [Reading]

    public init(
        topic: String, address: DeviceAddress, name: String? = nil, manufacturer: String? = nil, model: String? = nil,
        readings: [Reading]
    ) {
        self.topic = topic
        self.address = address
        self.name = name
        self.manufacturer = manufacturer
        self.model = model
        self.readings = readings
    }
}

/// What a frame says about an entry of a discovery.
public enum AnnouncementChange: Hashable, Sendable {
    case made(Announcement)
    /// The entry on this topic was removed.
    case withdrawn(topic: String)
    /// What stands on this topic is of no use here, or of no use any more.
    case useless(topic: String)

    public var topic: String {
        switch self {
        case .made(let announcement): announcement.topic
        case .withdrawn(let topic), .useless(let topic): topic
        }
    }
}
