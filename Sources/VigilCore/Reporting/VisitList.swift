/// Whom to visit on a day, the most urgent first (`alert-lifecycle.md`, section 8): from cadence, blind list and blue alerts.
///
/// The order is that of *reason*, then *share*, then the shorter cadence, then the registry's order.
/// - *reason* is the worst of a resident's reasons, in the order of `Reason.What`: blind, unobserved, due, degraded, alert.
/// - *share* = how long it has lasted ÷ how long the resident may go without a visit (the cadence of their risk group; 7 days where they are in
///   none), the greater first. A blind or degraded resident's time begins anew with a visit; the time of who is due runs from their last visit,
///   and who was never seen comes before all others who are due; an alert's runs from its raise.
///
/// Residents of whom somebody knows that they are away or in hospital (today: now; on a later day: for all of it) are left out, and counted.
public struct VisitList: Hashable, Codable, Sendable {
    /// Why somebody is to be visited.
    public struct Reason: Hashable, Codable, Sendable {
        /// Worst first.
        public enum What: String, CaseIterable, Codable, Sendable {
            /// Nothing that gives signs of life can be heard.
            case blind
            /// While the watch was away nobody would have missed them, and they were neither heard nor seen since.
            case unobserved
            /// By the cadence of their risk group.
            case due
            /// Something that speaks of them cannot be heard.
            case degraded
            /// A blue alert is open: a battery, a device to look at.
            case alert
        }

        public var what: What
        /// Since when; of a visit when it was or will be due, and nil where there never was one.
        public var since: WallTime?
        /// Until when nobody watched.
        public var until: WallTime?
        public var alert: AlertID?
        public var kind: AlertKind?
    }

    /// The last time that somebody saw or spoke to them.
    public struct LastVisit: Hashable, Codable, Sendable {
        public var at: WallTime
        /// The contact, login or device that told of it.
        public var by: String
        public var note: String
    }

    /// Somebody to visit.
    public struct Entry: Hashable, Codable, Sendable {
        public var resident: CallSheet.Person
        /// The flat, as people say it.
        public var place: String
        public var grid: GridID?
        public var risk: RiskGroupID?
        /// Worst first; never empty.
        public var reasons: [Reason]
        /// nil where nobody ever was.
        public var lastVisit: LastVisit?
        /// Whom they name as theirs, in their order.
        public var family: [CallSheet.Call]

        enum CodingKeys: String, CodingKey {
            case resident, place, grid, risk, reasons
            case lastVisit = "last_visit"
            case family
        }
    }

    /// A grid whose officer takes a part of the list.
    public struct Area: Hashable, Codable, Sendable {
        public var id: GridID
        public var name: String
    }

    public var madeAt: WallTime
    /// IANA name: the clock that people go by.
    public var timeZone: String
    public var community: String
    /// Visits that are due by the end of this day are on the list: `2026-11-22`.
    public var day: String
    /// Whether a daemon watches: where none does nobody knows who is blind.
    public var isWatched: Bool
    /// How many residents there are, and how many of them are known to be away or in hospital.
    public var total: Int
    public var away: Int
    public var grids: [Area]
    public var visits: [Entry]

    enum CodingKeys: String, CodingKey {
        case madeAt = "made_at"
        case timeZone = "time_zone"
        case community, day
        case isWatched = "watched"
        case total, away, grids, visits
    }
}

extension VisitList {
    /// What the list is made of.
    public struct Material: Sendable {
        public var registry: Registry
        public var rules: RuleSet
        /// The last one of each resident.
        public var visits: [ResidentID: Visit]
        /// Who is not protected as they should be; nil where no daemon runs that knows.
        public var blind: [Blindness]?
        /// Those that are open and blue; others are passed by.
        public var alerts: [Alert]
        /// What is in force or planned.
        public var orders: [StandingOrder]

        public init(
            registry: Registry, rules: RuleSet, visits: [ResidentID: Visit], blind: [Blindness]?, alerts: [Alert],
            orders: [StandingOrder]
        ) {
            self.registry = registry
            self.rules = rules
            self.visits = visits
            self.blind = blind
            self.alerts = alerts
            self.orders = orders
        }
    }

    /// - Parameters:
    ///   - day: today where none is given.
    ///   - grid: only those who live there.
    public init(_ material: Material, clock: ClockReading, madeAt: WallTime, day: CalendarDay? = nil, grid: GridID? = nil) {
        let registry = material.registry
        let day = day ?? LocalTime.moment(at: madeAt, zone: material.rules.timeZone).day
        let zone = material.rules.timeZone
        let reader = VisitReasons(
            material, clock: clock, madeAt: madeAt, from: day.start(zone: zone), until: (day + 1).start(zone: zone))
        let household = Household(registry)
        let asked = registry.residents.filter { grid == nil || household.grid(of: .resident($0.id)) == grid }
        let present = asked.filter { !reader.isAway($0.id) }
        let candidates = present.enumerated().compactMap { place, resident in reader.candidate(resident, place, household) }
        self.init(
            madeAt: madeAt, timeZone: zone, community: registry.community.name, day: day.text,
            isWatched: material.blind != nil, total: asked.count, away: asked.count - present.count,
            grids: registry.community.grids.filter { grid == nil || $0.id == grid }.map { Area(id: $0.id, name: $0.name) },
            visits: candidates.sorted().map(\.entry))
    }
}
