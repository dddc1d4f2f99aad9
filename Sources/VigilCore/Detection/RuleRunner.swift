/// A detector with the states of all its subjects.
struct RuleRunner<D: Detector>: RuleRunning {
    /// What is snapshotted of a subject.
    private struct Memory: Codable, Sendable {
        var state: D.State
        var due: EngineTime?
    }

    private struct Slot: Sendable {
        let subject: Subject
        var memory: Memory
        /// The earliest time for which it stands in the queue.
        var queuedFor: EngineTime?
        /// It stands in `changed`.
        var isChanged = false

        /// Whether it must be queued anew to be called in time.
        mutating func queue() -> EngineTime? {
            guard let due = memory.due, queuedFor.map({ due < $0 }) ?? true else { return nil }
            queuedFor = due
            return due
        }
    }

    let rule: Rule
    let detector: D
    private var slots: [Slot] = []
    private var places: [Subject: Int] = [:]
    /// The same by the subjects' numbers, as far as they spoke; -1 where none did. A name would have to be hashed for each observation.
    private var placesByNumber: [Int] = []
    /// Whose rows the next snapshot writes. A list and a flag: every frame would look for itself in a set. One that was removed may stand
    /// there twice.
    private var changed: [Subject] = []

    init(rule: Rule, detector: D) {
        self.rule = rule
        self.detector = detector
    }

    var subjects: SubjectChoice { detector.subjects }
    var listensTo: [ObservationKind]? { detector.listensTo }
    var watchesSilence: Bool { detector.watchesSilence }
    var foretellsBatteries: Bool { detector.foretellsBatteries }
    var absenceWindow: Milliseconds? { detector.absenceWindow }
    var raises: [AlertKind] { detector.raises }
    func cancelWindow(canCancel: Bool) -> Milliseconds { detector.cancelWindow(canCancel: canCancel) }
    private var hasMemory: Bool { D.State.self != NoState.self }

    // Every observation passes here, for each rule that listens: without a version for each detector most of the time would go into asking
    // for the layout of its state. One that is missing here is slower and nothing else.
    @specialized(where D == SOSDetector)
    @specialized(where D == SmokeDetector)
    @specialized(where D == FallDetector)
    @specialized(where D == ThresholdDetector)
    @specialized(where D == AbsenceDetector)
    @specialized(where D == DeviceDetector)
    @specialized(where D == BatteryDetector)
    mutating func observe(
        _ reading: Reading, number: Int, context: DetectorContext, into findings: inout [Finding]
    ) -> EngineTime? {
        let place = place(of: context, number: number)
        return work(at: place, context, into: &findings) { detector, state, output in
            detector.observe(reading, state: &state, context: context, output: &output)
        }
    }

    mutating func reachedDeadline(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        guard let place = places[context.subject] else { return nil }
        slots[place].queuedFor = nil
        guard let due = slots[place].memory.due else { return nil }
        guard due <= context.now else { return slots[place].queue() }
        slots[place].memory.due = nil
        return work(at: place, context, into: &findings) { detector, state, output in
            detector.reachedDeadline(state: &state, context: context, output: &output)
        }
    }

    mutating func pauseChanged(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        guard let place = places[context.subject] else { return nil }
        return work(at: place, context, into: &findings) { detector, state, output in
            detector.pauseChanged(state: &state, context: context, output: &output)
        }
    }

    mutating func foretold(_ forecast: BatteryForecast?, context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        // Of a device that never told anything there is nothing to remember.
        guard let place = places[context.subject] ?? (forecast == nil ? nil : add(context)) else { return nil }
        return work(at: place, context, into: &findings) { detector, state, output in
            detector.foretold(forecast, state: &state, context: context, output: &output)
        }
    }

    mutating func watch(_ context: DetectorContext) {
        guard hasMemory, places[context.subject] == nil else { return }
        // A first look at the deadline decides when to look again; nothing can be stated about a subject that was just added.
        var none: [Finding] = []
        let place = add(context)
        _ = work(at: place, context, into: &none) { detector, state, output in
            detector.reachedDeadline(state: &state, context: context, output: &output)
        }
    }

    /// Lets the detector work on a subject's state.
    ///
    /// - Parameter place: nil for detectors that remember nothing.
    private mutating func work(
        at place: Int?, _ context: DetectorContext, into findings: inout [Finding],
        _ body: (D, inout D.State, inout DetectorOutput) -> Void
    ) -> EngineTime? {
        var output = DetectorOutput()
        guard let place else {
            var state = detector.begin(context)
            body(detector, &state, &output)
            for statement in output.statements { findings.append(finding(statement, of: context.subject)) }
            return nil
        }
        body(detector, &slots[place].memory.state, &output)
        slots[place].memory.due = Self.due(slots[place].memory.due, after: output.due)
        noteChange(at: place)
        for statement in output.statements { findings.append(finding(statement, of: context.subject)) }
        return slots[place].queue()
    }

    private mutating func noteChange(at place: Int) {
        guard !slots[place].isChanged else { return }
        slots[place].isChanged = true
        changed.append(slots[place].subject)
    }

    /// Where the subject's slot is, made where there was none; nil for detectors that remember nothing.
    private mutating func place(of context: DetectorContext, number: Int) -> Int? {
        guard hasMemory else { return nil }
        if placesByNumber.indices.contains(number), placesByNumber[number] >= 0 { return placesByNumber[number] }
        let place = places[context.subject] ?? add(context)
        if number >= placesByNumber.count {
            placesByNumber.append(contentsOf: repeatElement(-1, count: number + 1 - placesByNumber.count))
        }
        placesByNumber[number] = place
        return place
    }

    private mutating func add(_ context: DetectorContext) -> Int {
        put(Slot(subject: context.subject, memory: Memory(state: detector.begin(context))))
    }

    /// - Returns: its place.
    @discardableResult
    private mutating func put(_ slot: Slot) -> Int {
        if let place = places[slot.subject] {
            slots[place] = slot
            return place
        }
        places[slot.subject] = slots.count
        slots.append(slot)
        return slots.count - 1
    }

    private static func due(_ due: EngineTime?, after wish: DetectorOutput.Due) -> EngineTime? {
        switch wish {
        case .unchanged: due
        case .none: nil
        case .at(let time): time
        }
    }

    private func finding(_ statement: DetectorStatement, of subject: Subject) -> Finding {
        Finding(
            rule: rule.id, kind: statement.kind, alertClass: statement.alertClass, severity: rule.severity, subject: subject,
            change: statement.change, evidence: statement.evidence, cancelWindow: statement.cancelWindow)
    }

    mutating func rouse(at time: EngineTime) -> [Subject] {
        let sleeping = slots.indices.filter { slots[$0].memory.due == nil && detector.awaitsHearing(slots[$0].memory.state) }
        for place in sleeping {
            setDue(at: place, time)
            slots[place].queuedFor = time
        }
        return sleeping.map { slots[$0].subject }
    }

    mutating func rouseAll(at time: EngineTime) {
        for place in slots.indices { setDue(at: place, time) }
    }

    private mutating func setDue(at place: Int, _ time: EngineTime) {
        slots[place].memory.due = time
        noteChange(at: place)
    }

    mutating func inherit(from other: any RuleRunning) {
        guard let other = other as? Self else { return }
        slots = other.slots
        places = other.places
        for place in slots.indices { slots[place].isChanged = true }
        changed = slots.map(\.subject)
    }

    mutating func keepOnly(_ isInScope: (Subject) -> Bool) {
        placesByNumber = []
        guard let first = slots.firstIndex(where: { !isInScope($0.subject) }) else { return }
        let tail = slots[first...]
        slots.removeSubrange(first...)
        for slot in tail {
            places[slot.subject] = nil
            if isInScope(slot.subject) { put(slot) } else { changed.append(slot.subject) }
        }
    }

    mutating func forget(_ isGone: (DeviceID, Subject) -> Bool) {
        for place in slots.indices {
            var output = DetectorOutput()
            let subject = slots[place].subject
            let before = slots[place].memory.state
            detector.forget({ isGone($0, subject) }, state: &slots[place].memory.state, output: &output)
            guard slots[place].memory.state != before else { continue }
            slots[place].memory.due = Self.due(slots[place].memory.due, after: output.due)
            noteChange(at: place)
        }
    }

    mutating func layOutDueTimes() -> [(Subject, EngineTime)] {
        for place in slots.indices { slots[place].queuedFor = slots[place].memory.due }
        return slots.compactMap { slot in slot.queuedFor.map { (slot.subject, $0) } }
    }

    func standingFindings() -> [Finding] {
        let standing = slots.compactMap { slot in
            let statements = detector.standing(slot.memory.state)
            return statements.isEmpty ? nil : (subject: slot.subject, statements: statements)
        }
        return standing.sorted { $0.subject < $1.subject }.flatMap { subject, statements in
            statements.map { finding($0, of: subject) }
        }
    }

    func isStanding(_ kind: AlertKind, of subject: Subject) -> Bool {
        places[subject].map { place in detector.standing(slots[place].memory.state).contains { $0.kind == kind } } ?? false
    }

    mutating func takeSnapshotRows(whole: Bool) -> [SnapshotRow] {
        let subjects = (whole ? Set(places.keys) : Set(changed)).sorted()
        for place in changed.compactMap({ places[$0] }) { slots[place].isChanged = false }
        changed = []
        return subjects.map { subject in
            SnapshotRow(owner: "rule/\(rule.id)", key: subject.description, state: places[subject].map { slots[$0].memory })
        }
    }

    var deletions: [SnapshotRow] {
        places.keys.sorted().map { SnapshotRow(owner: "rule/\(rule.id)", key: $0.description, state: nil) }
    }

    mutating func restore(_ subject: Subject, from decoder: any Decoder) throws {
        put(Slot(subject: subject, memory: try Memory(from: decoder)))
    }
}
