/// Why each resident is to be visited, and how urgent that is.
struct VisitReasons {
    /// Somebody to visit, in the order of `VisitList`.
    struct Candidate: Comparable {
        let entry: VisitList.Entry
        /// The worst reason's place among all, and how long that has lasted in shares of the cadence.
        let reason: Int
        let share: Double
        let cadence: Milliseconds
        let place: Int

        static func < (a: Self, b: Self) -> Bool {
            (a.reason, -a.share, a.cadence, a.place) < (b.reason, -b.share, b.cadence, b.place)
        }
    }

    /// Of residents in no risk group, to hold what has lasted against.
    static let usual = Milliseconds.hours(7 * 24)

    private let visits: [ResidentID: Visit]
    private let blind: [ResidentID: Blindness]
    private let alerts: [Alert]
    private let cadences: [RiskGroupID: Milliseconds]
    private let away: Set<ResidentID>
    private let clock: ClockReading
    private let madeAt: WallTime
    private let until: WallTime

    /// - Parameters:
    ///   - start: of the day that the list is for.
    ///   - until: visits that are due before this are due.
    init(_ material: VisitList.Material, clock: ClockReading, madeAt: WallTime, from start: WallTime, until: WallTime) {
        visits = material.visits
        blind = Dictionary((material.blind ?? []).map { ($0.resident, $0) }) { first, _ in first }
        alerts = material.alerts.filter { $0.isOpen && $0.severity == .blue }.sorted { ($0.raisedAt, $0.id) < ($1.raisedAt, $1.id) }
        cadences = Dictionary(material.rules.riskGroups.map { ($0.id, $0.every) }) { first, _ in first }
        // Today it is known who is away now. On a later day only who is away for all of it cannot be visited.
        let isToday = start <= madeAt
        let (from, end) = (clock.time(of: max(start, madeAt)), clock.time(of: until))
        away = Set(
            material.orders.filter { $0.isInForce(at: from) && (isToday || end <= $0.until) }.compactMap { order in
                if case .context(let context, let resident) = order.content, context != .visitor { resident } else { nil }
            })
        self.clock = clock
        self.madeAt = madeAt
        self.until = until
    }

    /// Somebody knows where they are, and nobody would open.
    func isAway(_ resident: ResidentID) -> Bool { away.contains(resident) }

    /// - Parameter place: in the registry.
    /// - Returns: nil where there is no reason to visit them.
    func candidate(_ resident: Resident, _ place: Int, _ household: Household) -> Candidate? {
        let visit = visits[resident.id]
        let reasons =
            [blindness(of: resident.id), gap(of: resident.id), due(resident, visit)].compactMap { $0 }
            + alerts(about: resident.id, household)
        let ranked = reasons.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
        guard let worst = ranked.first else { return nil }
        let cadence = resident.risk.flatMap { cadences[$0] } ?? Self.usual
        let entry = VisitList.Entry(
            resident: CallSheet.Person(id: resident.id, name: resident.name, phone: resident.phone),
            place: household.name(of: resident.dwelling), grid: household.grid(of: .resident(resident.id)), risk: resident.risk,
            reasons: ranked,
            lastVisit: visit.map { VisitList.LastVisit(at: clock.wall(at: $0.visitedAt), by: $0.by.name, note: $0.note) },
            family: resident.contacts.compactMap { household.contacts[$0] }.map { CallSheet.Call($0, familyOf: [resident.id]) })
        return Candidate(entry: entry, reason: rank(worst), share: share(of: worst, visit, cadence), cadence: cadence, place: place)
    }

    private func rank(_ reason: VisitList.Reason) -> Int { VisitList.Reason.What.allCases.firstIndex(of: reason.what) ?? 0 }

    // MARK: Reasons

    private func blindness(of resident: ResidentID) -> VisitList.Reason? {
        guard let known = blind[resident], known.isWhole || !known.devices.isEmpty else { return nil }
        return .init(what: known.isWhole ? .blind : .degraded, since: clock.wall(at: known.since))
    }

    private func gap(of resident: ResidentID) -> VisitList.Reason? {
        blind[resident]?.unobserved.map {
            .init(what: .unobserved, since: clock.wall(at: $0.from), until: clock.wall(at: $0.until))
        }
    }

    private func due(_ resident: Resident, _ visit: Visit?) -> VisitList.Reason? {
        guard let every = resident.risk.flatMap({ cadences[$0] }) else { return nil }
        guard let visit else { return .init(what: .due) }
        let due = clock.wall(at: visit.visitedAt + every)
        return due < until ? .init(what: .due, since: due) : nil
    }

    private func alerts(about resident: ResidentID, _ household: Household) -> [VisitList.Reason] {
        alerts.filter { alert in household.residents(of: alert.key.subject).contains { $0.id == resident } }.map {
            .init(what: .alert, since: clock.wall(at: $0.raisedAt), alert: $0.id, kind: $0.key.kind)
        }
    }

    // MARK: Urgency

    /// How long it has lasted ÷ how long they may go without a visit.
    private func share(of reason: VisitList.Reason, _ visit: Visit?, _ cadence: Milliseconds) -> Double {
        let seen = visit.map { clock.wall(at: $0.visitedAt) }
        let start: WallTime? =
            switch reason.what {
            case .blind, .unobserved, .degraded: [reason.since, seen].compactMap { $0 }.max()
            case .due: seen
            case .alert: reason.since
            }
        guard let start else { return .infinity }
        return Double(max(0, saturatingDifference(madeAt.rawValue, start.rawValue))) / Double(max(1, cadence.rawValue))
    }
}
