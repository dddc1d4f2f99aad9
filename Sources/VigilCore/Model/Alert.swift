public typealias AlertID = Identifier<Alert>

/// What makes two findings one alert: kind and subject, never the device.
public struct AlertKey: Hashable, Codable, Sendable, Comparable {
    public let kind: AlertKind
    public let subject: Subject

    public init(kind: AlertKind, subject: Subject) {
        self.kind = kind
        self.subject = subject
    }

    public static func < (a: Self, b: Self) -> Bool { (a.kind, a.subject) < (b.kind, b.subject) }
}

/// Where responsibility stands (`alert-lifecycle.md`, section 3).
public enum AlertState: String, CaseIterable, Codable, Sendable {
    /// The resident may still cancel: nobody is told yet.
    case pending
    /// Nobody has it: escalation runs.
    case raised
    /// A named person accepted responsibility, for as long as the lease lasts.
    case owned
    /// The owner is on the way or on the scene.
    case attending
    case closed
}

/// How it ended; the ground truth for tuning rules.
public enum OutcomeCode: String, CaseIterable, Codable, Sendable {
    case fall_injury, fall_no_injury, medical_transport_120, medical_on_site, fire_119, smoke_cooking, gas_or_leak
    case sos_real, sos_accidental, resident_cancelled, ok_confirmed_by_phone, ok_confirmed_in_person, away_known
    case visitor_or_cleaning, device_off_body, device_fault, battery, link_lost, no_entry_police_or_locksmith
    case deceased_found, handed_up, duplicate, drill, auto_cleared

    /// What a human may close an alert with: that it cleared by itself is for the watch to say.
    public static let ofHumans = allCases.filter { $0 != .auto_cleared }
}

/// One episode of one kind for one resident or dwelling, from the first finding to a human's outcome code.
public struct Alert: Hashable, Codable, Sendable {
    public enum Condition: String, Codable, Sendable {
        case active, cleared, unknown
    }

    /// `kind-subject-episode`.
    public var id: AlertID
    public var key: AlertKey
    public var episode: Int
    public var alertClass: AlertClass
    /// As it is now; it rises and falls with what is known.
    public var severity: Severity
    /// The worst that it ever was: what was red once is closed by humans only.
    public var highestSeverity: Severity
    public var rule: RuleID
    /// The version of the rules that raised it.
    public var rulesVersion: Int
    public var registryVersion: Int
    public var state: AlertState
    public var condition: Condition
    public var raisedAt: EngineTime
    /// Since when people are asked anew, after some had heard that all is taken care of: it was opened again, given back, or its owner's
    /// time ran out.
    public var askedAnewAt: EngineTime?
    /// Until then the resident may cancel; nil when there is nothing to wait for.
    public var pendingUntil: EngineTime?
    /// When the resident cancelled within a day, in this episode and those before it.
    public var cancellations: [EngineTime]
    /// How many findings it holds.
    public var occurrences: Int
    public var lastOccurrenceAt: EngineTime
    /// The first pieces and the latest one (`Alert.evidenceLimit`); the timeline has all of them.
    public var evidence: [Evidence]
    /// Why it tells nobody for now; empty when it may.
    public var holds: [AlertHold]
    /// An alarm that is tried out: people are told so, and an acceptance ends it.
    public var isDrill: Bool
    /// The alerts that it stands for: of a storm. They stay recorded, and may be owned on their own.
    public var members: [AlertID]
    /// When its condition began lately, in this episode and those before it.
    public var onsets: [EngineTime]
    /// Rises with every transition that tells somebody: part of each delivery's key.
    public var notice: Int
    public var owner: Actor?
    /// Responsibility is a lease: over without progress, escalation goes on.
    public var leaseUntil: EngineTime?
    /// The owner asks somebody to take over, and has it until they do.
    public var handOver: HandOver?
    public var escalation: EscalationProgress
    /// Everyone who was told, in the order in which they were.
    public var told: [ContactID]
    /// Those of them who said that they can't come; nobody asks them again while there are others.
    public var declined: [ContactID]
    public var closure: Closure?
    /// A second person's look at how a red alert ended.
    public var review: Review?
    /// A condition that stays cleared until then closes the alert by itself; never set on red.
    public var closeAt: EngineTime?
    /// When a condition that had ended and came back last rang: one that flaps does not ring each time.
    public var rangAgainAt: EngineTime?
    /// The sequence number of its latest timeline entry, counted from 1.
    public var timelineCount: Int

    public static let evidenceLimit = 8

    public var isOpen: Bool { state != .closed }

    /// It may be about a life, nobody has it, and no message about it arrives with anybody.
    public var isUnreachable: Bool { isOpen && highestSeverity == .red && escalation.unreachableSince != nil }

    /// Closed, and a second person must still look at it.
    public var awaitsReview: Bool {
        highestSeverity == .red && !isDrill && review == nil
            && closure.map { $0.by != .engine && $0.outcome != .resident_cancelled } ?? false
    }
}

public struct Closure: Hashable, Codable, Sendable {
    public var at: EngineTime
    public var by: Actor
    public var outcome: OutcomeCode
    public var note: String

    public init(at: EngineTime, by: Actor, outcome: OutcomeCode, note: String) {
        self.at = at
        self.by = by
        self.outcome = outcome
        self.note = note
    }
}

/// Who did something, and through what.
public struct Actor: Hashable, Codable, Sendable {
    /// The registered person; nil for the system itself or an operator who is not a contact.
    public var contact: ContactID?
    /// `cli`, `ntfy`, `mqtt`, `engine`, `resident`, or the device that tells of a visit.
    public var via: String
    /// The operator's login, where there is one.
    public var login: String?

    public init(contact: ContactID? = nil, via: String, login: String? = nil) {
        self.contact = contact
        self.via = via
        self.login = login
    }

    public static let engine = Actor(via: "engine")
    /// The person whom the alert is about.
    public static let resident = Actor(via: "resident")

    public var name: String { contact?.rawValue ?? login ?? via }
}

/// One line of an alert's story; never changed once written.
public struct TimelineEntry: Hashable, Codable, Sendable {
    public enum Event: String, CaseIterable, Codable, Sendable {
        case pending, cancelled, raised, reoccurred, reopened, severity_changed
        case condition_active, condition_cleared, condition_unknown
        case step, step_empty, repeated, nobody_reachable
        case accepted, declined, seen, on_the_way, on_scene, lease_expired, noted
        case held, released, joined
        case hand_over_offered, hand_over_declined
        case deferred, delivered, delivery_failed, withdrawn
        case action, action_done, action_failed
        case closed, reviewed
    }

    public var alert: AlertID
    /// Counted from 1 within the alert.
    public var number: Int
    public var at: EngineTime
    public var wall: WallTime
    public var event: Event
    public var severity: Severity
    public var state: AlertState
    public var by: Actor
    /// One plain sentence without names, numbers or vitals: it reaches the alert log.
    public var detail: String

    public init(
        alert: AlertID, number: Int, at: EngineTime, wall: WallTime, event: Event, severity: Severity, state: AlertState, by: Actor,
        detail: String
    ) {
        self.alert = alert
        self.number = number
        self.at = at
        self.wall = wall
        self.event = event
        self.severity = severity
        self.state = state
        self.by = by
        self.detail = detail
    }
}
