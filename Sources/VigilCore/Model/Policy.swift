public typealias PolicyID = Identifier<EscalationPolicy>

/// Whom to tell when nobody has taken responsibility yet. Data, not code.
public struct EscalationPolicy: Hashable, Codable, Sendable {
    public struct Step: Hashable, Codable, Sendable {
        /// Since the alert was raised.
        public var after: Milliseconds
        public var notify: [Recipient]
        /// What it sets off at the site.
        public var act: [ActionID]

        public init(after: Milliseconds, notify: [Recipient], act: [ActionID] = []) {
            self.after = after
            self.notify = notify
            self.act = act
        }
    }

    public var id: PolicyID
    public var steps: [Step]
    /// Until owned, everyone who was told is told again this often.
    public var repeatEvery: Milliseconds?
    /// How long an acceptance holds without progress.
    public var lease: Milliseconds
    /// How long "on the way" or "on scene" holds without progress.
    public var attendingLease: Milliseconds
    /// Closed less than this ago, the same episode reopens.
    public var reopenWindow: Milliseconds
    /// A condition that stayed cleared this long closes its alert by itself; nil, and always on red: only a human closes.
    public var closeAfterCleared: Milliseconds?
    /// The quiet hours of recipients hold a yellow alert that nobody has for so long after it was raised, and no longer.
    public var quietCap: Milliseconds

    public init(
        id: PolicyID, steps: [Step], repeatEvery: Milliseconds?, lease: Milliseconds, attendingLease: Milliseconds,
        reopenWindow: Milliseconds, closeAfterCleared: Milliseconds? = nil, quietCap: Milliseconds = .minutes(30)
    ) {
        self.id = id
        self.steps = steps
        self.repeatEvery = repeatEvery
        self.lease = lease
        self.attendingLease = attendingLease
        self.reopenWindow = reopenWindow
        self.closeAfterCleared = closeAfterCleared
        self.quietCap = quietCap
    }
}

/// Somebody to tell: named, by role in the subject's grid or family, or whoever is on duty.
public enum Recipient: Hashable, Codable, Sendable {
    case contact(ContactID)
    /// `family` means the resident's own contacts in order; other roles the contacts of the subject's grid.
    case role(ContactRole)
    /// Whoever stands in the roster at the moment of telling, in order.
    case roster(RosterID)

    /// As the configuration writes it.
    public var text: String {
        switch self {
        case .contact(let id): "contact:\(id)"
        case .role(let role): role.rawValue
        case .roster(let id): "roster:\(id)"
        }
    }
}
