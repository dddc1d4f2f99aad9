/// Whom to telephone for whom, for the day when nothing else works: printed before the line is down, and read by people.
///
/// It holds names, addresses and telephone numbers on purpose.
public struct CallSheet: Hashable, Codable, Sendable {
    /// A flat with everybody who can be called for it.
    public struct Home: Hashable, Codable, Sendable {
        public var dwelling: DwellingID
        /// As people say it: `3-2-501`.
        public var address: String
        public var grid: GridID
        public var gridName: String
        public var residents: [Person]
        /// Red ones that are open, oldest first.
        public var alerts: [OpenAlert]
        /// In the order in which the policy of red alerts names them, of a roster those on duty when the sheet is made; family that it does not name comes last.
        public var calls: [Call]

        enum CodingKeys: String, CodingKey {
            case dwelling, address, grid
            case gridName = "grid_name"
            case residents, alerts, calls
        }
    }

    /// Somebody who lives there.
    public struct Person: Hashable, Codable, Sendable {
        public var id: ResidentID
        public var name: String
        public var phone: String?
    }

    /// Somebody to call.
    public struct Call: Hashable, Codable, Sendable {
        public var contact: ContactID
        public var name: String
        public var role: ContactRole
        /// nil where the registry has none: who has a screen or a siren only.
        public var phone: String?
        /// Those who live there and name them as theirs.
        public var familyOf: [ResidentID]

        enum CodingKeys: String, CodingKey {
            case contact, name, role, phone
            case familyOf = "family_of"
        }
    }

    public struct OpenAlert: Hashable, Codable, Sendable {
        public var id: AlertID
        public var kind: AlertKind
        public var state: AlertState
        public var raisedAt: WallTime

        public init(id: AlertID, kind: AlertKind, state: AlertState, raisedAt: WallTime) {
            self.id = id
            self.kind = kind
            self.state = state
            self.raisedAt = raisedAt
        }

        enum CodingKeys: String, CodingKey {
            case id, kind, state
            case raisedAt = "raised_at"
        }
    }

    public var madeAt: WallTime
    /// IANA name: the clock that people go by.
    public var timeZone: String
    public var community: String
    public var registryVersion: Int
    /// Red alerts that belong to no flat; first of all.
    public var elsewhere: [OpenAlert]
    /// Those with an open red alert first, oldest first; then all others in the registry's order. Flats without people and devices are left
    /// out.
    public var homes: [Home]

    enum CodingKeys: String, CodingKey {
        case madeAt = "made_at"
        case timeZone = "time_zone"
        case community
        case registryVersion = "registry_version"
        case elsewhere, homes
    }
}

extension CallSheet {
    /// - Parameters:
    ///   - alerts: At least the red ones that are open.
    ///   - clock: Where the wall stands against the time of the alerts.
    public init(registry: Registry, rules: RuleSet, alerts: [Alert], clock: ClockReading, madeAt: WallTime) {
        let household = Household(registry)
        let red = alerts.filter { $0.isOpen && $0.severity == .red }.sorted { ($0.raisedAt, $0.id) < ($1.raisedAt, $1.id) }
        let byDwelling = Dictionary(grouping: red) { alert in
            household.dwelling(of: alert.key.subject).flatMap { household.exists(.dwelling($0)) ? $0 : nil }
        }
        let inhabited = Set(registry.residents.map(\.dwelling) + household.bound.compactMap(\.dwelling)).union(
            byDwelling.keys.compactMap(\.self))
        let plan = Plan(household, rules, at: madeAt)
        let all = registry.community.grids.flatMap { grid in
            grid.buildings.flatMap(\.units).flatMap(\.dwellings).filter { inhabited.contains($0.id) }.map { dwelling in
                let open = byDwelling[dwelling.id] ?? []
                return Home(
                    dwelling: dwelling.id, address: dwelling.name, grid: grid.id, gridName: grid.name,
                    residents: household.residents(of: .dwelling(dwelling.id)).map {
                        Person(id: $0.id, name: $0.name, phone: $0.phone)
                    },
                    alerts: open.map { OpenAlert($0, clock) }, calls: plan.calls(for: dwelling.id))
            }
        }
        let order = Dictionary(red.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let urgent = all.filter { !$0.alerts.isEmpty }.sorted { order[$0.alerts[0].id] ?? 0 < order[$1.alerts[0].id] ?? 0 }
        self.init(
            madeAt: madeAt, timeZone: rules.timeZone, community: registry.community.name, registryVersion: registry.version,
            elsewhere: (byDwelling[nil] ?? []).map { OpenAlert($0, clock) }, homes: urgent + all.filter(\.alerts.isEmpty))
    }

    /// Who is called for a flat, in order.
    private struct Plan {
        private let household: Household
        private let recipients: [Recipient]
        private let rosters: [Roster]
        private let time: WallTime

        init(_ household: Household, _ rules: RuleSet, at time: WallTime) {
            self.household = household
            self.time = time
            rosters = rules.rosters
            let red = rules.policyBySeverity.first { $0.severity == .red }?.policy
            let steps = rules.policies.first { $0.id == red }?.steps ?? []
            recipients = steps.flatMap(\.notify) + [.role(.family)]
        }

        func calls(for dwelling: DwellingID) -> [Call] {
            let residents = household.residents(of: .dwelling(dwelling))
            var seen: Set<ContactID> = []
            return recipients.flatMap { household.contacts(for: $0, about: .dwelling(dwelling), onDuty: onDuty) }
                .filter { seen.insert($0.id).inserted }
                .map { contact in Call(contact, familyOf: residents.filter { $0.contacts.contains(contact.id) }.map(\.id)) }
        }

        /// Whoever stands in a roster when the sheet is made.
        private func onDuty(in roster: RosterID) -> [ContactID] {
            rosters.first { $0.id == roster }?.contactsOnDuty(at: time) ?? []
        }
    }
}

extension CallSheet.Call {
    init(_ contact: Contact, familyOf residents: [ResidentID]) {
        self.init(contact: contact.id, name: contact.name, role: contact.role, phone: contact.phone, familyOf: residents)
    }
}

extension CallSheet.OpenAlert {
    fileprivate init(_ alert: Alert, _ clock: ClockReading) {
        self.init(id: alert.id, kind: alert.key.kind, state: alert.state, raisedAt: clock.wall(at: alert.raisedAt))
    }
}
