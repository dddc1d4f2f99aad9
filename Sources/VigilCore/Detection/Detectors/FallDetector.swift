/// The device's own verdict that its wearer, or somebody in its view, fell.
///
/// A puck that was dropped or a low posture is not a verdict: the decoders keep those apart. A device on which its wearer can say that it
/// is nothing gives them a moment to do so before anybody is told; the others ring at once.
public struct FallDetector: Detector {
    public static let kind = "fall"
    private static let fall = AlertKindDescription("fall", .event, zh: "跌倒", en: "fall")
    public static let alertKinds = [fall]

    /// Whether a mere suspicion counts.
    private let countsSuspicion: Bool
    private let window: Milliseconds

    public init(rule: Rule, settings: inout SettingsReader) {
        countsSuspicion = settings.flag("suspected", default: false)
        window = settings.duration("cancel_window", in: .zero ... .minutes(2)) ?? .seconds(20)
    }

    public var subjects: SubjectChoice { .person }
    public var listensTo: [ObservationKind]? { countsSuspicion ? [.fall, .fall_suspected, .cancel] : [.fall, .cancel] }

    public func cancelWindow(canCancel: Bool) -> Milliseconds { canCancel ? window : .zero }

    public func begin(_ context: DetectorContext) -> NoState { NoState() }

    public func observe(_ reading: Reading, state: inout NoState, context: DetectorContext, output: inout DetectorOutput) {
        // A kept message tells what was; a fall is what happens, however the device says it.
        guard reading.isEdge || reading.isPast, !reading.isRetained, reading.observation.value.isTrue else { return }
        let evidence = reading.evidence(Self.sentence(reading.observation.kind))
        if reading.observation.kind == .cancel {
            // What was said before the fall does not speak of it.
            guard !reading.isPast else { return }
            return output.state(.cancelled, kind: Self.fall.kind, evidence: evidence)
        }
        output.state(
            .occurred, kind: Self.fall.kind, evidence: evidence, cancelWindow: cancelWindow(canCancel: reading.canCancel))
    }

    private static func sentence(_ kind: ObservationKind) -> LocalizedText {
        switch kind {
        case .cancel: LocalizedText(zh: "本人按下取消", en: "the wearer says that it is nothing")
        case .fall_suspected: LocalizedText(zh: "设备怀疑跌倒", en: "the device suspects a fall")
        default: LocalizedText(zh: "设备判定跌倒", en: "the device reports a fall")
        }
    }
}
