public import VigilCore

/// A registered device and how well it can be heard, as the API tells it.
public struct DeviceReport: Codable, Hashable, Sendable {
    public var device: DeviceID
    /// Words for people: `kitchen`; empty where it has none.
    public var name: String
    public var dialect: Dialect
    public var address: String
    /// Where it stands, or its wearer lives.
    public var dwelling: DwellingID?
    /// The dwelling's name, as people say it.
    public var place: String?
    /// Who wears or uses it; nil for a device of the flat.
    public var resident: ResidentID?
    public var liveness: LivenessClass
    /// Silence after which it counts as stale and as dead; nil where silence says nothing.
    public var staleAfter: Milliseconds?
    public var deadAfter: Milliseconds?
    public var state: DeviceCondition.State
    /// The bridge that is gone, where it cannot be heard for that.
    public var suspendedBy: DeviceID?
    /// The broker or receiver that is down, where it cannot be heard for that.
    public var suspendedBySource: SourceID?
    /// As far as it could be heard before; nil where it never could, and where it can.
    public var suspendedSince: WallTime?
    /// What it says is refused, and there is an alert about it.
    public var isRefused: Bool
    public var lastHeardAt: WallTime?
    public var batteryPercent: Double?
    /// How much it loses in a day, below zero, and when it will be empty if it goes on like that; nil where nothing can be foretold.
    public var batteryPercentPerDay: Double?
    public var batteryEmptyAt: WallTime?
    /// That is so soon that somebody is told, or it is so low, or low by its own word.
    public var batteryEndsSoon: Bool
    /// `battery_low`, `tamper`, `sensor_fault`, by its own last word.
    public var flags: [ObservationKind]

    init(
        _ condition: DeviceCondition, homes: [ResidentID: DwellingID], names: [DwellingID: String], clock: ClockReading,
        asOf now: WallTime
    ) {
        let device = condition.device
        self.device = device.id
        name = device.name
        dialect = device.address.dialect
        address = device.address.name
        let home = device.dwelling ?? device.resident.flatMap { homes[$0] }
        dwelling = home
        place = home.flatMap { names[$0] }
        resident = device.resident
        liveness = device.liveness
        staleAfter = device.staleAfter
        deadAfter = device.deadAfter
        state = condition.state
        if case .bridge(let bridge)? = condition.suspension?.by { suspendedBy = bridge }
        if case .source(let source)? = condition.suspension?.by { suspendedBySource = source }
        suspendedSince = condition.suspension?.since.map { clock.wall(at: $0) }
        isRefused = condition.isRefused
        lastHeardAt = condition.lastHeardAt.map { clock.wall(at: $0) }
        batteryPercent = condition.batteryPercent
        let forecast = condition.battery?.forecast
        batteryPercentPerDay = forecast?.percentPerDay
        batteryEmptyAt = forecast.map { clock.wall(at: $0.emptyAt) }
        let isSoon = forecast?.isSoon(for: device.liveness, at: clock.time(of: now)) ?? false
        batteryEndsSoon = isSoon || condition.isBatteryTold
        flags = condition.flags
    }

    enum CodingKeys: String, CodingKey {
        case device, name, dialect, address, dwelling, place, resident, liveness
        case staleAfter = "stale_after_ms"
        case deadAfter = "dead_after_ms"
        case state
        case suspendedBy = "suspended_by"
        case suspendedBySource = "suspended_by_source"
        case suspendedSince = "suspended_since"
        case isRefused = "refused"
        case lastHeardAt = "last_heard_at"
        case batteryPercent = "battery_percent"
        case batteryPercentPerDay = "battery_percent_per_day"
        case batteryEmptyAt = "battery_empty_at"
        case batteryEndsSoon = "battery_ends_soon"
        case flags
    }
}

/// Registered devices.
public struct DeviceList: Codable, Hashable, Sendable {
    /// In the registry's order.
    public var devices: [DeviceReport]
    /// How many are registered, whatever was asked for.
    public var total: Int
    /// As of when this is known: now, or where the record of a daemon ends that does not run.
    public var asOf: WallTime
    /// IANA name: the clock that people go by.
    public var timeZone: String

    enum CodingKeys: String, CodingKey {
        case devices, total
        case asOf = "as_of"
        case timeZone = "time_zone"
    }
}
