/// The first half of the engine: frames to observations to findings.
///
/// Its whole state is rebuilt from a snapshot and the journal's tail. It knows nothing of alerts.
struct Detection: Sendable {
    struct Deadline: Hashable, Comparable, Sendable {
        let rule: Int
        let subject: Subject

        static func < (a: Self, b: Self) -> Bool { (a.rule, a.subject) < (b.rule, b.subject) }
    }

    struct Route: Sendable {
        let source: SourceID
        let filter: TopicFilter
        var decoder: any PayloadDecoder
        var devices = NamedDevices()
    }

    private var decoders: [Dialect: any PayloadDecoder]
    private(set) var household = Household(Registry())
    private(set) var routes: [Route] = []
    var rules = RunningRules()
    var states: [DeviceState] = []
    var changedDevices = ChangedPlaces()
    var deadlines = DeadlineQueue<Deadline>()
    private(set) var hearing = Hearing()
    private var sources = SourceWatch()
    var unclaimed = UnclaimedDevices()
    var verdicts = FrameVerdicts()
    var announcements = Announcements()
    var batteries = Batteries()
    /// Where these residents are is known: their silence says nothing.
    private(set) var paused: Set<ResidentID> = []
    var unobserved = UnobservedResidents()
    /// What devices claim is held against it; it decides nothing else here.
    var clock = ClockReading(wallOffset: .zero, isTrusted: false)

    init(decoders: [any PayloadDecoder]) {
        self.decoders = Dictionary(decoders.map { ($0.dialect, $0) }) { first, _ in first }
    }

    // MARK: Time

    var nextDeadline: EngineTime? { EngineTime.earlier(deadlines.next, sources.nextDeadline) }

    /// Carries out what is due at `time`, the caller's next deadline.
    mutating func fireDeadlines(at time: EngineTime, into effects: inout [Effect]) {
        var findings: [Finding] = []
        while let (deadline, _) = deadlines.popDue(at: time) {
            let due = rules.runners[deadline.rule].reachedDeadline(context(deadline.subject, at: time), into: &findings)
            if let due { deadlines.schedule(deadline, at: max(due, time)) }
        }
        sources.fireDeadlines(at: time, into: &findings)
        effects.append(contentsOf: findings.map { .finding($0) })
    }

    mutating func heard(_ reports: [HeardUntil], at time: EngineTime) {
        // Nobody has heard the future.
        for report in reports { hearing.heard(report.source, until: min(report.time, time)) }
    }

    // MARK: What detectors look at

    func context(_ subject: Subject, at time: EngineTime) -> DetectorContext {
        let device: WatchedDevice? = if case .device(let id) = subject { household.device(id).map(WatchedDevice.init) } else { nil }
        return context(subject, device, hearing(for: subject), at: time)
    }

    func context(
        _ subject: Subject, _ device: WatchedDevice?, _ hearing: Hearing, at time: EngineTime
    ) -> DetectorContext {
        DetectorContext(subject: subject, now: time, hearing: hearing, device: device, isPaused: isPaused(subject))
    }

    private func isPaused(_ subject: Subject) -> Bool { if case .resident(let id) = subject { paused.contains(id) } else { false } }

    // MARK: People and parts

    /// From now on the silence of these residents says nothing; that of those who were paused and are no more begins anew.
    mutating func pause(_ residents: Set<ResidentID>, at time: EngineTime, into effects: inout [Effect]) {
        let changed = paused.symmetricDifference(residents)
        guard !changed.isEmpty else { return }
        paused = residents
        var findings: [Finding] = []
        for rule in rules.runners.indices where rules.runners[rule].watchesSilence {
            for resident in changed.sorted() {
                let subject = Subject.resident(resident)
                let due = rules.runners[rule].pauseChanged(context(subject, at: time), into: &findings)
                if let due { deadlines.schedule(Deadline(rule: rule, subject: subject), at: due) }
            }
        }
        effects.append(contentsOf: findings.map { .finding($0) })
    }

    /// As it was when the rows that were restored were written: nothing begins anew.
    mutating func restorePaused(_ residents: Set<ResidentID>) { paused = residents }

    /// Somebody saw or spoke to the resident.
    mutating func checkIn(_ resident: ResidentID, at time: EngineTime, into effects: inout [Effect]) {
        unobserved.end(resident)
        countAnew(resident, at: time, into: &effects) { _ in true }
    }

    /// Lets rules of absence begin anew with the resident.
    mutating func countAnew(
        _ resident: ResidentID, at time: EngineTime, into effects: inout [Effect], _ isMeant: (any RuleRunning) -> Bool
    ) {
        let observation = Observation(.visit, .bool(true), nature: .event)
        let reading = Reading(observation: observation, device: "", source: "", at: time, isEdge: true, isRetained: false)
        guard let subject = household.numbered(.resident(resident)) else { return }
        for rule in rules.listening(to: .visit) where isMeant(rules.runners[rule]) {
            if case .everyResident = rules.choices[rule].subjects { offer(reading, about: subject, to: rule, into: &effects) }
        }
    }

    mutating func note(_ health: Health, at time: EngineTime, into effects: inout [Effect]) {
        var findings: [Finding] = []
        sources.note(health, at: time, into: &findings)
        effects.append(contentsOf: findings.map { .finding($0) })
        guard case .source(let id) = health.component else { return }
        switch health.state {
        case .up, .sessionLost:
            guard !hearing.isUp(id) else { return }
            hearing.up(id, at: time)
            for rule in rules.runners.indices {
                // Silence is not judged before the grace is over; what goes on counting goes on at once.
                let due = rules.runners[rule].watchesSilence ? time + Hearing.grace : time
                for subject in rules.runners[rule].rouse(at: due) {
                    deadlines.schedule(Deadline(rule: rule, subject: subject), at: due)
                }
            }
        case .down: hearing.down(id)
        case .limited: break  // it stands; how far it was heard it does not report any more
        case .replaced, .low: break  // databases and disks only
        }
    }

    /// A restart. Deadlines are laid out anew, because those that are overdue fire in the order in which they were due.
    ///
    /// - Parameter gap: how long nobody listened, as far as that is known.
    mutating func started(at time: EngineTime, after gap: Milliseconds?) {
        if let gap { noteUnobserved(UnobservedGap(from: time - gap, until: time)) }
        hearing.downAll()
        sources.started(at: time)
        layOutDeadlines()
    }

    // MARK: Registry and rules

    mutating func use(_ registry: Registry, at time: EngineTime) {
        let old = Dictionary(zip(household.bound, states).map { ($0.device.address, (bound: $0, state: $1)) }) { first, _ in first }
        household = Household(registry)
        states = household.bound.indices.map { index in
            guard let (before, kept) = old[household.bound[index].device.address] else { return DeviceState() }
            var state = kept
            if !household.isAsBefore(index, in: before) { state.forgetLevels() }
            return state
        }
        findDevices()
        batteries.follow(household.bound.map(\.device.address))
        changedDevices = ChangedPlaces(all: states.count)
        unclaimed.forget { household.index(of: $0) != nil }
        announcements.forget { household.index(of: $0) != nil }
        unobserved.keepOnly { household.residents[$0] != nil }
        watchEveryone(at: time, looksAgain: true)
    }

    mutating func keep(_ watch: CounterWatch?, ofDevice index: Int) {
        changedDevices.insert(index)
        states[index].counter = watch
    }

    mutating func forgetCounters(ofDevice index: Int) {
        changedDevices.insert(index)
        decoders[household.bound[index].device.address.dialect]?.forgetCounters(in: &states[index].dialect)
    }

    /// The same dialects, with other keys.
    mutating func use(_ fresh: [any PayloadDecoder]) {
        decoders = Dictionary(fresh.map { ($0.dialect, $0) }) { first, _ in first }
        for index in routes.indices {
            if let decoder = decoders[routes[index].decoder.dialect] { routes[index].decoder = decoder }
        }
    }

    private mutating func findDevices() {
        for index in routes.indices { routes[index].devices = NamedDevices(household.devices(of: routes[index].decoder.dialect)) }
    }

    /// - Parameter faults: what is wrong with the rules. The configuration has refused such rules before; a replay may meet them.
    mutating func use(_ rules: RuleSet, at time: EngineTime, faults: FaultList) {
        routes = rules.routes.compactMap { route in
            decoders[route.dialect].map { Route(source: route.source, filter: TopicFilter(route.filter), decoder: $0) }
        }
        findDevices()
        self.rules.use(rules, faults: faults)
        hearing.expect(rules.routes.map(\.source))
        watchEveryone(at: time, looksAgain: true)
    }

    /// What can be raised under the rules in force.
    var raisable: [Raisable] { rules.raisable + SourceWatch.raisable + [CounterWatch.raisable, KeyWatch.raisable] }

    /// Lets every rule watch whom it should and forget whom it should not, and builds the deadlines anew.
    ///
    /// - Parameter looksAgain: limits may have changed: every silence is judged anew, by what was counted.
    private mutating func watchEveryone(at time: EngineTime, looksAgain: Bool) {
        for rule in rules.runners.indices {
            let scope = rules.runners[rule].rule.scope
            let choice = rules.runners[rule].subjects
            rules.runners[rule].keepOnly { household.exists($0) && household.isInScope($0, scope) }
            rules.runners[rule].forget { !household.speaks($0, of: $1, for: choice) }
            if rules.runners[rule].watchesSilence {
                for subject in household.allSubjects(rules.runners[rule].subjects) where household.isInScope(subject, scope) {
                    rules.runners[rule].watch(context(subject, at: time))
                }
                if looksAgain { rules.runners[rule].rouseAll(at: time) }
            }
        }
        if looksAgain { foretellAll(at: time) }
        layOutDeadlines()
    }

    private mutating func layOutDeadlines() {
        deadlines.removeAll()
        for rule in rules.runners.indices {
            for (subject, due) in rules.runners[rule].layOutDueTimes() {
                deadlines.schedule(Deadline(rule: rule, subject: subject), at: due)
            }
        }
    }

    // MARK: Snapshots

    /// What changed since the last call, or everything.
    mutating func takeSnapshotRows(whole: Bool) -> [SnapshotRow] {
        let changed = changedDevices.take()
        let devices = whole ? Array(states.indices) : changed
        var rows = devices.map { SnapshotRow(owner: "device", key: household.bound[$0].device.address.description, state: states[$0]) }
        rows.append(contentsOf: rules.takeSnapshotRows(whole: whole))
        rows.append(SnapshotRow(owner: "hearing", key: "", state: hearing))
        rows.append(SnapshotRow(owner: "sources", key: "", state: sources))
        rows.append(SnapshotRow(owner: "unobserved", key: "", state: unobserved))
        rows.append(SnapshotRow(owner: "clock", key: "", state: clock))
        return rows
    }

    /// Takes one row of a snapshot over; rows of devices and rules that are gone are passed by.
    mutating func restore(owner: String, key: String, from decoder: any Decoder) throws {
        if owner == "hearing" {
            hearing = try Hearing(from: decoder)
        } else if owner == "sources" {
            sources = try SourceWatch(from: decoder)
        } else if owner == "unobserved" {
            unobserved = try UnobservedResidents(from: decoder)
        } else if owner == "clock" {
            clock = try ClockReading(from: decoder)
        } else if owner == "device" {
            guard let colon = key.firstIndex(of: ":") else { return }
            let address = DeviceAddress(dialect: Dialect(String(key[..<colon])), name: String(key[key.index(after: colon)...]))
            guard let index = household.index(of: address) else { return }
            states[index] = try DeviceState(from: decoder)
        } else {
            try rules.restore(owner: owner, key: key, from: decoder)
        }
    }

    /// After the last row: the deadlines of what was restored.
    mutating func finishRestoring(at time: EngineTime) { watchEveryone(at: time, looksAgain: false) }

    /// Every condition that holds.
    func standingFindings() -> [Finding] { rules.standingFindings() + sources.standingFindings() + counterFindings + keyFindings }
}
