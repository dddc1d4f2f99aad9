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

    // Each of these returns when the subject is to be queued for; nil where it need not be, or stands in the queue for that time or sooner.

    /// - Parameter number: the subject's in the household.
    mutating func observe(
        _ reading: Reading, number: Int, context: DetectorContext, into findings: inout [Finding]
    ) -> EngineTime?
    mutating func reachedDeadline(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    mutating func pauseChanged(_ context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    mutating func foretold(_ forecast: BatteryForecast?, context: DetectorContext, into findings: inout [Finding]) -> EngineTime?
    /// Begins to watch a subject that is not watched yet. Its due time is among those that are laid out next.
    mutating func watch(_ context: DetectorContext)
    /// Forgets whom the rule does not watch any more; subjects may have other numbers from here on.
    mutating func keepOnly(_ isInScope: (Subject) -> Bool)
    /// Forgets what devices said that do not speak of a subject any more.
    mutating func forget(_ isGone: (DeviceID, Subject) -> Bool)
    /// Makes every subject that waits for a source, and asked for no call, due at `time`: one came back. Returns whom.
    mutating func rouse(at time: EngineTime) -> [Subject]
    /// Makes every subject due at `time`: what it is held against has changed.
    mutating func rouseAll(at time: EngineTime)

    /// Due times of all subjects, to rebuild the queue from.
    mutating func layOutDueTimes() -> [(Subject, EngineTime)]
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
