public import VigilCore

/// An alert as the API tells it: times are wall times in ms since 1970, names are ids.
public struct AlertReport: Codable, Hashable, Sendable {
    public var id: AlertID
    public var kind: AlertKind
    public var alertClass: AlertClass
    public var severity: Severity
    /// The worst that it ever was.
    public var highestSeverity: Severity
    public var state: AlertState
    public var condition: Alert.Condition
    public var subject: Subject
    public var rule: RuleID
    public var rulesVersion: Int
    public var registryVersion: Int
    public var raisedAt: WallTime
    /// The resident may cancel until then.
    public var pendingUntil: WallTime?
    public var occurrences: Int
    public var lastOccurrenceAt: WallTime
    /// Who has it; nil when nobody does.
    public var owner: String?
    public var leaseUntil: WallTime?
    /// Whom the owner asks to take over.
    public var offeredTo: ContactID?
    public var nextStepAt: WallTime?
    public var repeatAt: WallTime?
    /// How often those who were told have been told again.
    public var round: Int
    public var told: [ContactID]
    /// Those who said that they can't come.
    public var declined: [ContactID]
    public var evidence: [EvidenceReport]
    /// Why it tells nobody for now: `silenced:ORDER`, `inhibited:ALERT`, `storm:ALERT`.
    public var holds: [AlertHold]
    public var isDrill: Bool
    /// The alerts that a storm stands for.
    public var members: [AlertID]
    public var closure: ClosureReport?
    public var review: ReviewReport?
    /// It was red, and a second person must still look at how it ended.
    public var awaitsReview: Bool
    /// False while the storage fails and this is known from memory alone.
    public var isRecorded: Bool

    public init(_ alert: Alert, isRecorded: Bool, clock: ClockReading) {
        id = alert.id
        kind = alert.key.kind
        alertClass = alert.alertClass
        severity = alert.severity
        highestSeverity = alert.highestSeverity
        state = alert.state
        condition = alert.condition
        subject = alert.key.subject
        rule = alert.rule
        rulesVersion = alert.rulesVersion
        registryVersion = alert.registryVersion
        raisedAt = clock.wall(at: alert.raisedAt)
        pendingUntil = alert.pendingUntil.map { clock.wall(at: $0) }
        occurrences = alert.occurrences
        lastOccurrenceAt = clock.wall(at: alert.lastOccurrenceAt)
        owner = alert.owner?.name
        leaseUntil = alert.leaseUntil.map { clock.wall(at: $0) }
        offeredTo = alert.handOver?.to
        nextStepAt = alert.escalation.nextStepAt.map { clock.wall(at: $0) }
        repeatAt = alert.escalation.repeatAt.map { clock.wall(at: $0) }
        round = alert.escalation.round
        told = alert.told
        declined = alert.declined
        evidence = alert.evidence.map { EvidenceReport($0, clock: clock) }
        holds = alert.holds
        members = alert.members
        isDrill = alert.isDrill
        closure = alert.closure.map { ClosureReport($0, clock: clock) }
        review = alert.review.map { ReviewReport($0, clock: clock) }
        awaitsReview = alert.awaitsReview
        self.isRecorded = isRecorded
    }

    enum CodingKeys: String, CodingKey {
        case id, kind
        case alertClass = "class"
        case severity
        case highestSeverity = "highest_severity"
        case state, condition, subject, rule
        case rulesVersion = "rules_version"
        case registryVersion = "registry_version"
        case raisedAt = "raised_at"
        case pendingUntil = "pending_until"
        case occurrences
        case lastOccurrenceAt = "last_occurrence_at"
        case owner
        case leaseUntil = "lease_until"
        case offeredTo = "offered_to"
        case nextStepAt = "next_step_at"
        case repeatAt = "repeat_at"
        case round, told, declined, evidence, holds, members, closure, review
        case isDrill = "drill"
        case awaitsReview = "awaits_review"
        case isRecorded = "recorded"
    }
}
