/// A rule at work, whatever its detector: the engine's view of `RuleRunner`.
protocol RuleRunning: Sendable {
    var rule: Rule { get }
    var subjects: SubjectChoice { get }
    var listensTo: [ObservationKind]? { get }
    var watchesSilence: Bool { get }
    var foretellsBatteries: Bool { get }
    var absenceWindow: Milliseconds? { get }
    var raises: [AlertKind] { get }
    func cancelWindow(canCancel: Bool) -> Milliseconds

    mutating func observe(_ reading: Reading, context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    mutating func reachedDeadline(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    mutating func pauseChanged(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    mutating func foretold(_ forecast: BatteryForecast?, context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    /// Begins to watch a subject that is not watched yet.
    mutating func watch(_ context: DetectorContext) -> EngineTime?
    mutating func keepOnly(_ isInScope: (Subject) -> Bool)
    /// Forgets what devices said that do not speak of a subject any more.
    mutating func forget(_ isGone: (DeviceID, Subject) -> Bool)
    /// Makes every subject that waits for a source, and asked for no call, due at `time`: one came back. Returns whom.
    mutating func rouse(at time: EngineTime) -> [Subject]
    /// Makes every subject due at `time`: what it is held against has changed.
    mutating func rouseAll(at time: EngineTime)

    /// Due times of all subjects, to rebuild the queue from.
    var dueTimes: [(Subject, EngineTime)] { get }
    /// Conditions that hold, to reconcile with alerts.
    func standingFindings() -> [Finding]

    /// Whether a condition holds for one subject.
    func isStanding(_ kind: AlertKind, of subject: Subject) -> Bool

    /// Takes over what another version of the same rule remembers.
    mutating func inherit(from other: any RuleRunning)
    mutating func takeSnapshotRows(whole: Bool) -> [SnapshotRow]
    mutating func restore(_ subject: Subject, from decoder: any Decoder) throws
    /// Rows that delete everything that was remembered.
    var deletions: [SnapshotRow] { get }
}

/// A detector with the states of all its subjects.
struct RuleRunner<D: Detector>: RuleRunning {
    struct Slot: Codable, Sendable {
        private enum CodingKeys: CodingKey {
            case state, due
        }

        var state: D.State
        var due: EngineTime?
        /// Its subject stands in `changed`.
        var isChanged = false

        init(state: D.State) { self.state = state }
    }

    let rule: Rule
    let detector: D
    private var slots: [Subject: Slot] = [:]
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

    mutating func observe(_ reading: Reading, context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        work(on: context, into: &findings) { detector, state, output in
            detector.observe(reading, state: &state, context: context, output: &output)
        }
    }

    mutating func reachedDeadline(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        guard let due = slots[context.subject]?.due else { return nil }
        guard due <= context.now else { return due }
        slots[context.subject]?.due = nil
        return work(on: context, into: &findings) { detector, state, output in
            detector.reachedDeadline(state: &state, context: context, output: &output)
        }
    }

    mutating func pauseChanged(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        guard slots[context.subject] != nil else { return nil }
        return work(on: context, into: &findings) { detector, state, output in
            detector.pauseChanged(state: &state, context: context, output: &output)
        }
    }

    mutating func foretold(_ forecast: BatteryForecast?, context: DetectorContext, into findings: inout [Finding]) -> EngineTime? {
        // Of a device that never told anything there is nothing to remember.
        guard slots[context.subject] != nil || forecast != nil else { return nil }
        return work(on: context, into: &findings) { detector, state, output in
            detector.foretold(forecast, state: &state, context: context, output: &output)
        }
    }

    mutating func watch(_ context: DetectorContext) -> EngineTime? {
        guard slots[context.subject] == nil else { return nil }
        // A first look at the deadline decides when to look again; nothing can be stated about a subject that was just added.
        var none: [Finding] = []
        return work(on: context, into: &none) { detector, state, output in
            detector.reachedDeadline(state: &state, context: context, output: &output)
        }
    }

    /// Lets the detector work on a subject's state; returns the due time to queue, where it asks for one.
    private mutating func work(
        on context: DetectorContext, into findings: inout [Finding], _ body: (D, inout D.State, inout DetectorOutput) -> Void
    ) -> EngineTime? {
        var output = DetectorOutput()
        var due: EngineTime?
        if let place = place(of: context) {
            // In place: to take the slot out and put it back would look for it twice more.
            body(detector, &slots.values[place].state, &output)
            due = Self.due(slots.values[place].due, after: output.due)
            slots.values[place].due = due
            if !slots.values[place].isChanged {
                slots.values[place].isChanged = true
                changed.append(context.subject)
            }
        } else {
            var state = detector.begin(context)
            body(detector, &state, &output)
            due = Self.due(due, after: output.due)
        }
        for statement in output.statements { findings.append(finding(statement, of: context.subject)) }
        return due
    }

    /// Where the subject's slot is, made where there was none; nil for detectors that remember nothing.
    private mutating func place(of context: DetectorContext) -> Dictionary<Subject, Slot>.Index? {
        guard hasMemory else { return nil }
        if let place = slots.index(forKey: context.subject) { return place }
        slots[context.subject] = Slot(state: detector.begin(context))
        return slots.index(forKey: context.subject)
    }

    private static func due(_ due: EngineTime?, after wish: DetectorOutput.Due) -> EngineTime? {
        switch wish {
        case .unchanged: due
        case .none: nil
        case .at(let time): time
        }
    }

    private mutating func setDue(_ subject: Subject, at time: EngineTime) {
        guard let place = slots.index(forKey: subject) else { return }
        slots.values[place].due = time
        guard !slots.values[place].isChanged else { return }
        slots.values[place].isChanged = true
        changed.append(subject)
    }

    private func finding(_ statement: DetectorStatement, of subject: Subject) -> Finding {
        Finding(
            rule: rule.id, kind: statement.kind, alertClass: statement.alertClass, severity: rule.severity, subject: subject,
            change: statement.change, evidence: statement.evidence, cancelWindow: statement.cancelWindow)
    }

    mutating func rouse(at time: EngineTime) -> [Subject] {
        let sleeping = slots.filter { $0.value.due == nil && detector.awaitsHearing($0.value.state) }.map(\.key)
        for subject in sleeping { setDue(subject, at: time) }
        return sleeping
    }

    mutating func rouseAll(at time: EngineTime) {
        for subject in Array(slots.keys) { setDue(subject, at: time) }
    }

    mutating func inherit(from other: any RuleRunning) {
        guard let other = other as? Self else { return }
        slots = other.slots.mapValues { slot in
            var slot = slot
            slot.isChanged = true
            return slot
        }
        changed = Array(slots.keys)
    }

    mutating func keepOnly(_ isInScope: (Subject) -> Bool) {
        for subject in slots.keys where !isInScope(subject) {
            slots[subject] = nil
            changed.append(subject)
        }
    }

    mutating func forget(_ isGone: (DeviceID, Subject) -> Bool) {
        for subject in Array(slots.keys) {
            guard var slot = slots[subject] else { continue }
            var output = DetectorOutput()
            let before = slot.state
            detector.forget({ isGone($0, subject) }, state: &slot.state, output: &output)
            guard slot.state != before else { continue }
            slot.due = Self.due(slot.due, after: output.due)
            if !slot.isChanged { changed.append(subject) }
            slot.isChanged = true
            slots[subject] = slot
        }
    }

    var dueTimes: [(Subject, EngineTime)] { slots.compactMap { subject, slot in slot.due.map { (subject, $0) } } }

    func standingFindings() -> [Finding] {
        slots.sorted { $0.key < $1.key }.flatMap { subject, slot in detector.standing(slot.state).map { finding($0, of: subject) } }
    }

    func isStanding(_ kind: AlertKind, of subject: Subject) -> Bool {
        slots[subject].map { slot in detector.standing(slot.state).contains { $0.kind == kind } } ?? false
    }

    mutating func takeSnapshotRows(whole: Bool) -> [SnapshotRow] {
        let subjects = whole ? slots.keys.sorted() : Set(changed).sorted()
        for subject in changed { slots[subject]?.isChanged = false }
        changed = []
        return subjects.map { SnapshotRow(owner: "rule/\(rule.id)", key: $0.description, state: slots[$0]) }
    }

    var deletions: [SnapshotRow] {
        slots.keys.sorted().map { SnapshotRow(owner: "rule/\(rule.id)", key: $0.description, state: nil) }
    }

    mutating func restore(_ subject: Subject, from decoder: any Decoder) throws { slots[subject] = try Slot(from: decoder) }
}

/// The state of a detector that remembers nothing.
public struct NoState: Codable, Hashable, Sendable {
    public init() {}
}
