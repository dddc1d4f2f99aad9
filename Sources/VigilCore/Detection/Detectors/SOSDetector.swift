/// Somebody calls for help, or a device raises an alarm about them, with a reason of its own or without one that anybody here understands:
/// told at once, every time.
public struct SOSDetector: Detector {
    public static let kind = "sos"
    static let sos = AlertKindDescription("sos", .event, zh: "求救", en: "call for help")
    /// Those of devices are named like their observations.
    public static let alertKinds = [
        sos, AlertKindDescription("apnea_alarm", .event, zh: "呼吸暂停", en: "breathing stopped"),
        AlertKindDescription("left_bed_alarm", .event, zh: "离床", en: "left the bed"),
    ]

    private let calls: [ObservationKind]

    public init(rule: Rule, settings: inout SettingsReader) {
        calls = settings.observations(
            among: [.sos, .alarm_unspecified, .apnea_alarm, .left_bed_alarm], usually: [.sos, .alarm_unspecified])
    }

    public var subjects: SubjectChoice { .person }
    // What a wearer takes back is what they called for.
    public var listensTo: [ObservationKind]? { calls + (raises.contains(Self.sos.kind) ? [.cancel] : []) }
    public var raises: [AlertKind] {
        Self.alertKinds.map(\.kind).filter { kind in calls.contains { Self.alertKind(of: $0) == kind } }
    }

    public func begin(_ context: DetectorContext) -> NoState { NoState() }

    public func observe(_ reading: Reading, state: inout NoState, context: DetectorContext, output: inout DetectorOutput) {
        // A kept message tells what was; a call for help is what happens, however the device says it.
        guard reading.isEdge || reading.isPast, !reading.isRetained, reading.observation.value.isTrue else { return }
        if reading.observation.kind == .cancel {
            // What was said before the call does not speak of it.
            guard !reading.isPast else { return }
            // A call for help waits for nothing, so this ends nothing: people read it, and somebody looks.
            let evidence = reading.evidence(LocalizedText(zh: "本人按下取消", en: "the wearer says that it is nothing"))
            return output.state(.cancelled, kind: Self.sos.kind, evidence: evidence)
        }
        let kind = reading.observation.kind
        output.state(.occurred, kind: Self.alertKind(of: kind), evidence: reading.evidence(Self.sentence(kind)))
    }

    private static func alertKind(of kind: ObservationKind) -> AlertKind {
        switch kind {
        case .apnea_alarm, .left_bed_alarm: AlertKind(kind.rawValue)
        default: sos.kind
        }
    }

    private static func sentence(_ kind: ObservationKind) -> LocalizedText {
        switch kind {
        case .sos: LocalizedText(zh: "按下求救按钮", en: "pressed for help")
        case .apnea_alarm: LocalizedText(zh: "床垫报告呼吸暂停", en: "the mattress says that they stopped breathing")
        case .left_bed_alarm: LocalizedText(zh: "床垫报告离床未归", en: "the mattress says that they left the bed")
        default: LocalizedText(zh: "设备报警，原因不明", en: "the device raised an alarm and did not say why")
        }
    }
}
