import VigilStore

@testable import VigilCore

/// What the engine would hand over.
enum Samples {
    static let start = EngineTime(1_800_000_000_000)

    static func frame(_ sequence: Int64, source: SourceID = "local", payload: [UInt8] = [1, 2, 3]) -> StampedInput {
        StampedInput(
            sequence: sequence, at: start + Milliseconds(sequence),
            input: .frame(Frame(source: source, origin: .mqtt(topic: "zigbee2mqtt/kitchen"), payload: payload)))
    }

    /// A turn of frames with these numbers.
    static func frames(_ sequences: ClosedRange<Int64>, source: SourceID = "local") -> Turn {
        var turn = Turn()
        turn.journal = sequences.map { frame($0, source: source) }
        return turn
    }

    static func alert(
        kind: AlertKind = "fall", subject: Subject = .resident("r1"), episode: Int = 1, severity: Severity = .red,
        state: AlertState = .raised, closedAt: EngineTime? = nil, raisedAt: EngineTime = start
    ) -> Alert {
        Alert(
            id: AlertID("\(kind)-\(subject.name)-\(episode)"), key: AlertKey(kind: kind, subject: subject), episode: episode,
            alertClass: .life, severity: severity, highestSeverity: severity, rule: "fall", rulesVersion: 1, registryVersion: 1,
            state: state, condition: .active,
            raisedAt: raisedAt, cancellations: [], occurrences: 1, lastOccurrenceAt: raisedAt,
            evidence: [Evidence(at: raisedAt, value: .number(.infinity), sentence: LocalizedText(zh: "跌倒", en: "a fall"))],
            holds: [.silenced("silence-1"), .inhibited("device_silent-b-1"), .storm("device_silent-b3-1")], isDrill: true,
            members: ["a-1"], onsets: [raisedAt], notice: 1,
            owner: nil, leaseUntil: nil, escalation: EscalationProgress(policy: "red", startedAt: raisedAt), told: ["officer"],
            declined: [],
            closure: closedAt.map { Closure(at: $0, by: .engine, outcome: .ok_confirmed_by_phone, note: "") }, timelineCount: 1)
    }

    static func entry(_ alert: Alert, number: Int = 1, event: TimelineEntry.Event = .raised) -> TimelineEntry {
        TimelineEntry(
            alert: alert.id, number: number, at: alert.raisedAt, wall: WallTime(alert.raisedAt.rawValue), event: event,
            severity: alert.severity, state: alert.state, by: .engine, detail: "raised")
    }

    static func delivery(
        _ alert: Alert, contact: ContactID = "officer", state: Delivery.State = .sending, lease: Int = 1,
        channel: ChannelID = "webhook"
    ) -> Delivery {
        Delivery(
            id: DeliveryID("\(alert.id)/1/notify/0.0/\(contact)/\(channel)"), alert: alert.id, notice: 1, purpose: .notify, step: 0,
            round: 0, contact: contact, channel: channel, address: "http://127.0.0.1/", method: 0, severity: alert.severity,
            message: Message(
                language: .english, title: "t", body: "b", alert: alert.id, kind: alert.key.kind, severity: alert.severity,
                purpose: .notify, isAcceptable: true, contact: contact),
            state: state, createdAt: alert.raisedAt, dueAt: alert.raisedAt, lease: lease,
            leaseUntil: lease > 0 ? alert.raisedAt + .seconds(15) : nil, lastFailure: nil, expiresAt: alert.raisedAt + .hours(1))
    }

    /// A turn that raises an alert, tells somebody, and journals why.
    static func raising(_ alert: Alert, sequence: Int64) -> Turn {
        var turn = frames(sequence...sequence)
        turn.alerts = [alert]
        turn.timeline = [entry(alert)]
        turn.deliveries = [delivery(alert)]
        return turn
    }

    static func snapshot(at sequence: Int64, isWhole: Bool = false, rows: [SnapshotRow] = []) -> Snapshot {
        Snapshot(
            sequence: sequence, at: start + Milliseconds(sequence), registryVersion: 1, rulesVersion: 1, isWhole: isWhole, rows: rows)
    }

    static let registry = Registry(
        version: 1, community: Community(name: "Sunny", grids: [Grid(id: "g1", name: "One", buildings: [])]),
        residents: [Resident(id: "r1", name: "王", dwelling: "d1", contacts: ["daughter"])],
        devices: [
            Device(
                id: "band", address: DeviceAddress(dialect: "vigil", name: "band-1"), resident: "r1", liveness: .wearable,
                silentAfter: .minutes(10))
        ],
        contacts: [
            Contact(
                id: "daughter", name: "Li", role: .family, language: .english,
                methods: [ContactMethod(channel: "ntfy", address: "topic")])
        ])

    static let rules = RuleSet(
        version: 1,
        rules: [
            Rule(
                id: "fall", detector: "fall", severity: .red, scope: .grids(["g1"]), message: LocalizedText(zh: "跌倒", en: "fall"),
                settings: Setting(
                    .map([
                        .init(
                            key: "for", mark: .init(file: "vigil.yaml", line: 3, column: 5),
                            value: Setting(.list([Setting(.number(0.1)), Setting(.null), Setting(.bool(true)), Setting(.text("90s"))])))
                    ])))
        ],
        policies: [
            EscalationPolicy(
                id: "red", steps: [.init(after: .zero, notify: [.role(.family), .contact("daughter")])], repeatEvery: .minutes(2),
                lease: .minutes(3), attendingLease: .minutes(15), reopenWindow: .minutes(30))
        ],
        policyBySeverity: [.init(severity: .red, policy: "red")],
        routes: [TopicRoute(source: "local", filter: "zigbee2mqtt/#", dialect: "zigbee2mqtt")],
        channels: [ChannelLimits(id: "ntfy", concurrency: 2)])

    /// Every case of `Input`, and every shape within a case.
    static let inputs: [Input] =
        [
            .started(Start(boot: "b1", gap: nil, clock: ClockReading(wallOffset: .seconds(8), isTrusted: true))),
            .started(Start(boot: "b2", gap: .minutes(3), clock: ClockReading(wallOffset: .seconds(-8), isTrusted: false))),
            .frame(Frame(source: "local", origin: .mqtt(topic: "a/b"), payload: [])),
            .frame(Frame(source: "", origin: .mqtt(topic: ""), payload: [0, 255])),
            .frame(
                Frame(
                    source: "a source with a long name", origin: .mqtt(topic: "温度/厨房\u{0}x"),
                    payload: Array(repeating: 7, count: 70_000),
                    isRetained: true, isRedelivery: true)),
            .frame(Frame(source: "local", origin: .mqtt(topic: "a/b"), payload: [0], isRetained: true)),
            .frame(Frame(source: "local", origin: .mqtt(topic: "a/b"), payload: [0], isRedelivery: true)),
            .seen(Sighting(address: DeviceAddress(dialect: "bthome_v2", name: "aa:bb"), source: "hci0", count: 12)),
            .deliveryResult(DeliveryResult(delivery: "d", lease: 2, outcome: .delivered)),
            .deliveryResult(DeliveryResult(delivery: "d", lease: 2, outcome: .retryable(reason: "busy", after: .seconds(3)))),
            .deliveryResult(DeliveryResult(delivery: "d", lease: 2, outcome: .retryable(reason: "busy", after: nil))),
            .deliveryResult(DeliveryResult(delivery: "d", lease: 2, outcome: .permanent(reason: "no such number"))),
            .registryChange(registry),
            .rulesChange(rules),
            .health(Health(.source("local"), .sessionLost, detail: "gone")),
            .health(Health(.channel("ntfy"), .down)),
            .health(Health(.storage, .up)),
            .clock(ClockReading(wallOffset: Milliseconds(.min), isTrusted: false)),
            .deadline(heardUntil: []),
            .deadline(heardUntil: [HeardUntil(source: "local", time: EngineTime(.max))]),
        ] + actions.map { .command(Command(id: "c", action: $0, by: Actor(contact: "officer", via: "cli", login: "root"))) }

    private static let actions: [Command.Action] = [
        .accept("a"), .decline("a"), .seen("a"), .handOver("a", to: "officer"), .review("a", note: ""), .reopen("a", note: "讲"),
        .onTheWay("a"), .onScene("a"), .close("a", outcome: .fall_injury, note: "\"note\"\n"),
        .note("a", text: "讲"), .checkIn("r1", note: ""),
        .place(
            OrderRequest(
                .silence(AlertMatcher(kind: "absence", rule: "r", resident: "r1", grid: "g1", device: "band")), lasts: .hours(1),
                reason: "讲")),
        .place(OrderRequest(.context(.hospital, of: "r1"), startsIn: .hours(1), lasts: .hours(2))),
        .place(OrderRequest(.drill(.device("band")), lasts: .hours(1))), .endOrder("silence-1"),
    ]
}
