public import VigilCore
public import VigilDevices
public import VigilIngest
public import VigilNotify

/// Everything that an operator decides, read whole and checked whole.
///
/// People, places and devices are not in it: they are the registry's (`RegistryFile`).
public struct Configuration: Hashable, Sendable {
    /// Holds the databases; created where it is missing.
    public var stateDirectory: String
    public var controlSocket: String
    public var http: ListenAddress
    /// One line per transition.
    public var alertLog: String
    /// What a contact reads when the registry does not say.
    public var language: Language
    /// IANA name.
    public var timeZone: String
    /// How long frames that decide nothing may wait for their commit.
    public var linger: Milliseconds
    public var snapshotEvery: Milliseconds
    public var brokers: [BrokerConfiguration]
    /// Where GPS watches connect by themselves.
    public var watches: [WatchListenerConfiguration]
    /// What is listened to over the air; nil where nothing is.
    public var bluetooth: BluetoothReceiverConfiguration?
    /// What encrypted devices there are read with.
    public var bluetoothKeys: BluetoothKeys
    /// The broker that Vigil publishes on; nil where none is chosen.
    public var publishingBroker: SourceID?
    /// In the order of the file: the first filter that fits names the dialect.
    public var routes: [TopicRoute]
    public var channels: [ChannelDefinition]
    public var rules: [Rule]
    public var policies: [EscalationPolicy]
    public var policyBySeverity: [RuleSet.SeverityPolicy]
    public var technicalPolicy: PolicyID
    public var rosters: [Roster]
    public var messageCap: MessageCap
    public var testCadences: [TestCadence]
    public var riskGroups: [RiskGroup]
    /// What may be set off at the site, and nothing else.
    public var actions: [MQTTAction]
    /// What is set off where nobody can be reached.
    public var unreachableActions: [ActionID]
    /// Who outside the box hears that it watches; nil where nobody does.
    public var heartbeat: HeartbeatMonitor?
    /// What the site understands besides what is built in.
    public var profiles: [Profile]
    /// Where they stand.
    public var profileFiles: [String]
    /// What the site describes in files that have a fault; none where a configuration is valid.
    public var faultyDialects: [Dialect]
    /// Where stands what is checked against the registry: `policies.red.steps[1].notify[0]`, `policies.red.lease`, `rules.night.scope`,
    /// `rosters[0].shifts[1].contacts[0]`; nothing of what is built in.
    public var places: [String: Setting.Mark]

    /// What is no rule and can be a trap all the same.
    public var site: SetupSite {
        SetupSite(hasHeartbeat: heartbeat != nil, unacknowledged: actions.filter { $0.acknowledgement == nil }.map(\.id))
    }

    /// What is shipped, and what the site has written; of two that have one name the later holds.
    public var readableProfiles: [Profile] { ShippedProfiles.all + profiles }

    /// Every dialect that is understood here.
    public var decoders: DecoderRegistry { .shipped(and: profiles, keys: bluetoothKeys) }

    /// The part that decides, as it goes through the journal.
    public func ruleSet(version: Int) -> RuleSet {
        RuleSet(
            version: version, rules: rules, policies: policies, policyBySeverity: policyBySeverity, technicalPolicy: technicalPolicy,
            routes: routes, channels: channels.map(\.limits), timeZone: timeZone, rosters: rosters,
            messageCap: messageCap, testCadences: testCadences, riskGroups: riskGroups,
            actions: actions.map(\.escalationAction), unreachableActions: unreachableActions)
    }
}
