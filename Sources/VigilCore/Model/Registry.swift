public typealias GridID = Identifier<Grid>
public typealias DwellingID = Identifier<Dwelling>
public typealias ResidentID = Identifier<Resident>
public typealias DeviceID = Identifier<Device>
public typealias ContactID = Identifier<Contact>
public typealias ChannelID = Identifier<ContactMethod>

/// Where and who (一人一档): the places of one community, its residents, their devices and the people who answer.
///
/// Lists keep the order of the file that they were imported from, so that an export reads like it.
public struct Registry: Hashable, Codable, Sendable {
    /// Rises with every change; snapshots and alerts name the version that they were made under.
    public var version: Int
    public var community: Community
    public var residents: [Resident]
    public var devices: [Device]
    public var contacts: [Contact]

    public init(
        version: Int = 0, community: Community = Community(name: "", grids: []), residents: [Resident] = [],
        devices: [Device] = [], contacts: [Contact] = []
    ) {
        self.version = version
        self.community = community
        self.residents = residents
        self.devices = devices
        self.contacts = contacts
    }
}

/// Community > grid > building > unit > dwelling: the levels of Chinese grid management.
public struct Community: Hashable, Codable, Sendable {
    public var name: String
    public var grids: [Grid]

    public init(name: String, grids: [Grid]) {
        self.name = name
        self.grids = grids
    }
}

/// The area of one grid officer (网格).
public struct Grid: Hashable, Codable, Sendable {
    public var id: GridID
    public var name: String
    public var buildings: [Building]

    public init(id: GridID, name: String, buildings: [Building]) {
        self.id = id
        self.name = name
        self.buildings = buildings
    }
}

public struct Building: Hashable, Codable, Sendable {
    public var id: String
    public var name: String
    public var units: [Unit]

    public init(id: String, name: String, units: [Unit]) {
        self.id = id
        self.name = name
        self.units = units
    }
}

/// A stairwell of a building (单元).
public struct Unit: Hashable, Codable, Sendable {
    public var id: String
    public var name: String
    public var dwellings: [Dwelling]

    public init(id: String, name: String, dwellings: [Dwelling]) {
        self.id = id
        self.name = name
        self.dwellings = dwellings
    }
}

public struct Dwelling: Hashable, Codable, Sendable {
    public var id: DwellingID
    /// As people say it: `3-2-501`.
    public var name: String

    public init(id: DwellingID, name: String) {
        self.id = id
        self.name = name
    }
}

public struct Resident: Hashable, Codable, Sendable {
    public var id: ResidentID
    public var name: String
    public var dwelling: DwellingID
    /// Family and friends who are told, in order.
    public var contacts: [ContactID]
    /// How often they are to be seen; nil where no visits are planned.
    public var risk: RiskGroupID?
    /// For people to dial, as they write it; Vigil itself calls nobody by it.
    public var phone: String?

    public init(
        id: ResidentID, name: String, dwelling: DwellingID, contacts: [ContactID] = [], risk: RiskGroupID? = nil, phone: String? = nil
    ) {
        self.id = id
        self.name = name
        self.dwelling = dwelling
        self.contacts = contacts
        self.risk = risk
        self.phone = phone
    }
}

/// How long a device may be silent before that means something (`devices.md`, section 3).
public enum LivenessClass: String, CaseIterable, Codable, Sendable {
    /// A bridge or gateway with a will or a beat.
    case bridge
    /// Powered: a radar, a mattress, a plug; reports within a minute.
    case mains
    /// A battery contact, motion or leak sensor that reports about hourly.
    case sleepy
    /// A battery smoke sensor that may say nothing for a day.
    case sleepySmoke = "sleepy_smoke"
    /// A band with a beat every few minutes.
    case wearable
    /// Only ever speaks when something happens: its silence means nothing.
    case oneWay = "one_way"

    /// Silence after which the device counts as silent; nil where silence says nothing.
    public var silentAfter: Milliseconds? {
        switch self {
        case .bridge: .minutes(2)
        case .mains: .minutes(10)
        case .sleepy: .hours(25)
        case .sleepySmoke: .hours(49)
        case .wearable: .hours(1)
        case .oneWay: nil
        }
    }
}

extension LivenessClass {
    /// Silence after which a device is later than usual; nil where silence says nothing.
    public var staleAfter: Milliseconds? {
        switch self {
        case .bridge: .seconds(65)
        case .mains: .minutes(3)
        case .sleepy: .minutes(130)
        case .sleepySmoke: .hours(25)
        case .wearable: .minutes(15)
        case .oneWay: nil
        }
    }
}

public struct Device: Hashable, Codable, Sendable {
    public var id: DeviceID
    public var address: DeviceAddress
    /// Where it stands. A worn device takes its resident's dwelling.
    public var dwelling: DwellingID?
    /// Who wears or uses it; nil for a device of the flat.
    public var resident: ResidentID?
    public var liveness: LivenessClass
    /// What the device says instead of the class, where its interval is known.
    public var silentAfter: Milliseconds?
    /// Its wearer can say on it that an alarm is nothing: a fall gives them a moment to.
    public var canCancel: Bool
    /// The bridge that it is heard through, where one is known.
    public var via: DeviceID?
    /// How often it is to be tried out, instead of what its class says; zero for never.
    public var testEvery: Milliseconds?
    /// What its owner means by pressing it, one of `Device.buttonMeanings`; nil where a press is only a press.
    public var button: ObservationKind?
    /// Words for people: `kitchen`.
    public var name: String
    /// As its maker calls it: what false alarms are counted by.
    public var model: String?
    /// Who reads what a Bluetooth device says of its maker's own: it is connected to for that.
    public var profile: Dialect?

    public init(
        id: DeviceID, address: DeviceAddress, dwelling: DwellingID? = nil, resident: ResidentID? = nil,
        liveness: LivenessClass, silentAfter: Milliseconds? = nil, canCancel: Bool = false, via: DeviceID? = nil,
        testEvery: Milliseconds? = nil, button: ObservationKind? = nil, name: String = "", model: String? = nil,
        profile: Dialect? = nil
    ) {
        self.id = id
        self.address = address
        self.dwelling = dwelling
        self.resident = resident
        self.liveness = liveness
        self.silentAfter = silentAfter
        self.canCancel = canCancel
        self.via = via
        self.testEvery = testEvery
        self.button = button
        self.name = name
        self.model = model
        self.profile = profile
    }
}

extension Device {
    /// What a button without words of its own can stand for: a call for help, its taking back, somebody who came by.
    public static let buttonMeanings: [ObservationKind] = [.sos, .cancel, .visit]

    /// Silence after which it counts as silent; nil where silence says nothing.
    public var deadAfter: Milliseconds? { silentAfter ?? liveness.silentAfter }
    /// The same where its broker would say if it were gone: a bridge may then say as little as the quietest of its devices, for Zigbee2MQTT speaks
    /// of itself when it connects, and Tasmota every five minutes.
    public var deadAfterWithWill: Milliseconds? { liveness == .bridge ? silentAfter ?? LivenessClass.sleepy.silentAfter : deadAfter }

    /// Silence after which it is later than usual: half of the limit where its own is known.
    public var staleAfter: Milliseconds? { silentAfter.map { Milliseconds($0.rawValue / 2) } ?? liveness.staleAfter }
}

/// Why somebody is told.
public enum ContactRole: String, CaseIterable, Codable, Sendable {
    case gridOfficer = "grid_officer"
    case communityLead = "community_lead"
    case buildingCaptain = "building_captain"
    case family
    case propertyDesk = "property_desk"
    case clinic
    case installer
}

public enum Language: String, CaseIterable, Codable, Sendable {
    case chinese = "zh-CN"
    case english = "en"
}

/// A way to reach somebody: a configured channel and the address in its terms (a URL, a topic, a number).
public struct ContactMethod: Hashable, Codable, Sendable {
    public var channel: ChannelID
    public var address: String

    public init(channel: ChannelID, address: String) {
        self.channel = channel
        self.address = address
    }
}

/// Somebody who answers.
public struct Contact: Hashable, Codable, Sendable {
    public var id: ContactID
    public var name: String
    public var role: ContactRole
    /// The grids that an officer, a captain or a desk answers for; empty means all of them.
    public var grids: [GridID]
    public var language: Language
    /// In the order in which they are tried.
    public var methods: [ContactMethod]
    /// When only red reaches them at once; nil for somebody who is always there.
    public var quietHours: QuietHours?
    /// For people to dial, as they write it; Vigil itself calls nobody by it.
    public var phone: String?

    public init(
        id: ContactID, name: String, role: ContactRole, grids: [GridID] = [], language: Language = .chinese,
        methods: [ContactMethod], quietHours: QuietHours? = nil, phone: String? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.grids = grids
        self.language = language
        self.methods = methods
        self.quietHours = quietHours
        self.phone = phone
    }
}
