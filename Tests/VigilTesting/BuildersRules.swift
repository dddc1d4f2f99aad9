public import VigilCore

extension SmallCommunity {
    /// Rules `sos`, `smoke`, `fall` (red), `pulse` (yellow above 120 for 60 s, clear at 110), `absence` (yellow after 12 h),
    /// `silence` and `battery` (technical), with one policy per colour.
    public static func rules(version: Int = 1) -> RuleSet {
        RuleSet(
            version: version,
            rules: [
                Rule(id: "sos", detector: "sos", severity: .red),
                Rule(id: "smoke", detector: "smoke", severity: .red),
                Rule(id: "fall", detector: "fall", severity: .red),
                pulse(.yellow, above: 120, clearBelow: 110, for: "60s"),
                Rule(id: "absence", detector: "absence", severity: .yellow, settings: Setting(["after": "12h"])),
                Rule(id: "silence", detector: "device", severity: .yellow),
                Rule(id: "battery", detector: "battery", severity: .blue),
            ],
            policies: [redPolicy, yellowPolicy, technicalPolicy],
            policyBySeverity: [
                .init(severity: .red, policy: "red"), .init(severity: .yellow, policy: "yellow"),
                .init(severity: .blue, policy: "yellow"),
            ],
            technicalPolicy: "technical",
            routes: [
                TopicRoute(source: "home", filter: "text/#", dialect: TextDecoder.dialect),
                TopicRoute(source: "home", filter: "level/#", dialect: TextDecoder.dialect),
                TopicRoute(source: "radio", filter: "radio/#", dialect: TextDecoder.dialect),
            ],
            channels: [ChannelLimits(id: "push", concurrency: 3), ChannelLimits(id: "sms", concurrency: 1)], timeZone: "Asia/Shanghai",
            testCadences: [
                TestCadence(.sleepySmoke, every: .hours(30 * 24)), TestCadence(.wearable, every: .hours(7 * 24)),
                TestCadence(.oneWay, every: .hours(7 * 24)),
            ])
    }

    /// A rule named `pulse` on the heart rate.
    public static func pulse(_ severity: Severity, above: Double, clearBelow: Double, for hold: String, id: RuleID = "pulse") -> Rule {
        let settings = Setting([
            "observation": "heart_rate_bpm", "above": .number(above), "clear_below": .number(clearBelow), "for": .text(hold),
        ])
        return Rule(id: id, detector: "threshold", severity: severity, settings: settings)
    }

    /// Officer at once, `second` after 60 s, the lead and the family after 180 s; again every 120 s.
    public static let redPolicy = EscalationPolicy(
        id: "red",
        steps: [
            .init(after: .zero, notify: [.role(.gridOfficer)]), .init(after: .seconds(60), notify: [.contact("second")]),
            .init(after: .seconds(180), notify: [.role(.communityLead), .role(.family)]),
        ], repeatEvery: .seconds(120), lease: .minutes(3), attendingLease: .minutes(15), reopenWindow: .minutes(30))

    /// Officer at once, `second` after 5 min; again every 15 min; closes 10 min after it cleared.
    public static let yellowPolicy = EscalationPolicy(
        id: "yellow",
        steps: [
            .init(after: .zero, notify: [.role(.gridOfficer)]), .init(after: .seconds(300), notify: [.contact("second")]),
        ], repeatEvery: .minutes(15), lease: .minutes(30), attendingLease: .hours(1), reopenWindow: .hours(2),
        closeAfterCleared: .minutes(10))

    /// The officer, once; closes 5 min after it cleared.
    public static let technicalPolicy = EscalationPolicy(
        id: "technical", steps: [.init(after: .zero, notify: [.role(.gridOfficer)])], repeatEvery: nil, lease: .hours(8),
        attendingLease: .hours(8), reopenWindow: .hours(2), closeAfterCleared: .minutes(5))
}

extension Setting {
    /// A map without places, in the order given.
    public init(_ entries: KeyValuePairs<String, Value>) {
        self.init(.map(entries.map { Entry(key: $0.key, value: Setting($0.value)) }))
    }
}

extension Setting.Value: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
}
