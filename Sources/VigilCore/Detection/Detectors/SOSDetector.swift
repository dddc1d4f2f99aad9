/// Somebody calls for help, or a device raises an alarm without a reason that anybody here understands: red at once, every time.
public struct SOSDetector: Detector {
    public static let kind = "sos"
    static let sos = AlertKindDescription("sos", .event, zh: "求救", en: "call for help")
    public static let alertKinds = [sos]

    public init(rule: Rule, settings: inout SettingsReader) {}

    public var subjects: SubjectChoice { .person }
    public var listensTo: [ObservationKind]? { [.sos, .alarm_unspecified, .cancel] }

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
        let sentence =
            reading.observation.kind == .sos
            ? LocalizedText(zh: "按下求救按钮", en: "pressed for help")
            : LocalizedText(zh: "设备报警，原因不明", en: "the device raised an alarm and did not say why")
        output.state(.occurred, kind: Self.sos.kind, evidence: reading.evidence(sentence))
    }
}
