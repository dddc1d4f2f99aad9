/// The device's own verdict that its wearer, or somebody in its view, fell.
///
/// A puck that was dropped or a low posture is not a verdict: the decoders keep those apart.
public struct FallDetector: Detector {
    public static let kind = "fall"
    private static let fall = AlertKindDescription("fall", .event, zh: "跌倒", en: "fall")
    public static let alertKinds = [fall]

    /// Whether a mere suspicion counts.
    private let countsSuspicion: Bool

    public init(rule: Rule, settings: inout SettingsReader) { countsSuspicion = settings.flag("suspected", default: false) }

    public var subjects: SubjectChoice { .person }
    public var listensTo: [ObservationKind]? { countsSuspicion ? [.fall, .fall_suspected] : [.fall] }

    public func begin(_ context: DetectorContext) -> NoState { NoState() }

    public func observe(_ reading: Reading, state: inout NoState, context: DetectorContext, output: inout DetectorOutput) {
        guard reading.isEdge, reading.observation.value.isTrue else { return }
        let sentence =
            reading.observation.kind == .fall
            ? LocalizedText(zh: "设备判定跌倒", en: "the device reports a fall")
            : LocalizedText(zh: "设备怀疑跌倒", en: "the device suspects a fall")
        output.state(.occurred, kind: Self.fall.kind, evidence: reading.evidence(sentence))
    }
}
