/// Everything that decides, as read from the configuration: journaled whole, so that a replay needs no file.
public struct RuleSet: Hashable, Codable, Sendable {
    /// Rises with every change; alerts keep the version that raised them.
    public var version: Int
    public var rules: [Rule]
    public var policies: [EscalationPolicy]
    /// The policy of each severity for life alerts.
    public var policyBySeverity: [SeverityPolicy]
    /// The policy of technical alerts.
    public var technicalPolicy: PolicyID
    /// Which dialect speaks on which topics; the first that fits wins.
    public var routes: [TopicRoute]
    public var channels: [ChannelLimits]
    /// IANA name: the clock in messages.
    public var timeZone: String
    /// Who answers when; steps of policies name them.
    public var rosters: [Roster]
    public var messageCap: MessageCap
    /// Classes that are not named are not to be tried out.
    public var testCadences: [TestCadence]
    /// How often residents are to be seen, by the group that the registry puts them into.
    public var riskGroups: [RiskGroup]
    /// What steps may set off, and nothing else.
    public var actions: [EscalationAction]
    /// What is set off where nobody can be reached.
    public var unreachableActions: [ActionID]

    public struct SeverityPolicy: Hashable, Codable, Sendable {
        public var severity: Severity
        public var policy: PolicyID

        public init(severity: Severity, policy: PolicyID) {
            self.severity = severity
            self.policy = policy
        }
    }

    public init(
        version: Int = 0, rules: [Rule] = [], policies: [EscalationPolicy] = [], policyBySeverity: [SeverityPolicy] = [],
        technicalPolicy: PolicyID = "technical", routes: [TopicRoute] = [], channels: [ChannelLimits] = [],
        timeZone: String = "Asia/Shanghai", rosters: [Roster] = [], messageCap: MessageCap = MessageCap(),
        testCadences: [TestCadence] = [], riskGroups: [RiskGroup] = [],
        actions: [EscalationAction] = [], unreachableActions: [ActionID] = []
    ) {
        self.version = version
        self.rules = rules
        self.policies = policies
        self.policyBySeverity = policyBySeverity
        self.technicalPolicy = technicalPolicy
        self.routes = routes
        self.channels = channels
        self.timeZone = timeZone
        self.rosters = rosters
        self.messageCap = messageCap
        self.testCadences = testCadences
        self.riskGroups = riskGroups
        self.actions = actions
        self.unreachableActions = unreachableActions
    }

    /// Every way out of the box: to people, and to what acts at the site.
    public var lanes: [ChannelLimits] { channels + actions.map(\.limits) }
}

/// One configured rule: a detector with its settings.
public struct Rule: Hashable, Codable, Sendable {
    public var id: RuleID
    /// A kind of `DetectorRegistry`.
    public var detector: String
    public var severity: Severity
    public var scope: Scope
    /// Evaluates and never notifies.
    public var isShadow: Bool
    /// Words instead of the detector's own.
    public var message: LocalizedText?
    /// What the detector reads for itself.
    public var settings: Setting

    public enum Scope: Hashable, Codable, Sendable {
        case all
        case grids([GridID])
        case residents([ResidentID])
    }

    public init(
        id: RuleID, detector: String, severity: Severity, scope: Scope = .all, isShadow: Bool = false,
        message: LocalizedText? = nil, settings: Setting = Setting(.map([]))
    ) {
        self.id = id
        self.detector = detector
        self.severity = severity
        self.scope = scope
        self.isShadow = isShadow
        self.message = message
        self.settings = settings
    }
}

/// Topics of one dialect.
public struct TopicRoute: Hashable, Codable, Sendable {
    public var source: SourceID
    /// An MQTT topic filter: `zigbee2mqtt/#`.
    public var filter: String
    public var dialect: Dialect

    public init(source: SourceID, filter: String, dialect: Dialect) {
        self.source = source
        self.filter = filter
        self.dialect = dialect
    }
}

/// What the engine must know of a channel to hand out its slots.
public struct ChannelLimits: Hashable, Codable, Sendable {
    public var id: ChannelID
    /// Deliveries under way at once; one of them is kept for red where there are two or more.
    public var concurrency: Int

    public init(id: ChannelID, concurrency: Int) {
        self.id = id
        self.concurrency = concurrency
    }
}
