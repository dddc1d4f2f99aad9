/// Any number beyond a limit for some time; ends at a clear point that lies inside, so that it does not flap.
public struct ThresholdDetector: Detector {
    public static let kind = "threshold"
    /// The usual ones: a rule that names no kind of its own raises one named like its observation.
    public static let alertKinds = [
        AlertKindDescription("heart_rate_bpm", .condition, zh: "心率异常", en: "heart rate"),
        AlertKindDescription("respiration_rpm", .condition, zh: "呼吸异常", en: "breathing"),
        AlertKindDescription("spo2_percent", .condition, zh: "血氧异常", en: "oxygen saturation"),
        AlertKindDescription("body_temperature_c", .condition, zh: "体温异常", en: "body temperature"),
    ]

    public struct State: Codable, Hashable, Sendable {
        /// Since when the value is beyond the set point without a break.
        var beyondSince: EngineTime?
        var latest: Evidence?
        /// What set it off, while it holds.
        var standing: Evidence?
    }

    private let observation: ObservationKind
    private let alertKind: AlertKind
    private let setAbove: Double?
    private let clearBelow: Double?
    private let setBelow: Double?
    private let clearAbove: Double?
    private let holdFor: Milliseconds

    public init(rule: Rule, settings: inout SettingsReader) {
        let everything = -1e12...1e12
        observation = settings.choice("observation", ObservationKind.self) ?? .heart_rate_bpm
        if settings.setting("observation") == nil {
            settings.fault(
                at: nil, key: nil, "\"observation\" is missing; write observation: heart_rate_bpm, or another kind that is a number")
        }
        alertKind = AlertKind(settings.text("kind") ?? observation.rawValue)
        setAbove = settings.number("above", in: everything)
        setBelow = settings.number("below", in: everything)
        clearBelow = settings.number("clear_below", in: everything) ?? setAbove
        clearAbove = settings.number("clear_above", in: everything) ?? setBelow
        holdFor = settings.duration("for") ?? .zero
        if setAbove == nil && setBelow == nil {
            settings.fault(at: nil, key: nil, "a threshold needs a limit; write above: NUMBER or below: NUMBER")
        }
        if let setAbove, let clearBelow, clearBelow > setAbove {
            settings.fault(
                at: settings.mark(of: "clear_below"), key: "clear_below", "must not lie beyond \"above\"; write at most \(setAbove)")
        }
        if let setBelow, let clearAbove, clearAbove < setBelow {
            settings.fault(
                at: settings.mark(of: "clear_above"), key: "clear_above", "must not lie beyond \"below\"; write at least \(setBelow)")
        }
    }

    public var subjects: SubjectChoice { .person }
    public var listensTo: [ObservationKind]? { [observation] }
    public var raises: [AlertKind] { [alertKind] }

    public func begin(_ context: DetectorContext) -> State { State() }

    public func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard let value = reading.observation.value.number else { return }
        state.latest = reading.evidence(sentence(value))
        if isBeyond(value) {
            state.beyondSince = state.beyondSince ?? reading.at
            judge(&state, context: context, output: &output)
        } else if isInside(value) {
            state.beyondSince = nil
            output.sleep()
            if state.standing != nil, let evidence = state.latest {
                state.standing = nil
                output.state(.cleared, kind: alertKind, evidence: evidence)
            }
        } else if state.standing == nil {
            // Between the set and the clear point: not beyond, so the time does not run.
            state.beyondSince = nil
            output.sleep()
        }
    }

    public func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        judge(&state, context: context, output: &output)
    }

    public func forget(_ isGone: (DeviceID) -> Bool, state: inout State, output: inout DetectorOutput) {
        guard let device = state.latest?.device, isGone(device) else { return }
        state = State()
        output.sleep()
    }

    public func standing(_ state: State) -> [DetectorStatement] {
        state.standing.map { [DetectorStatement(.active, kind: alertKind, evidence: $0)] } ?? []
    }

    private func judge(_ state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard state.standing == nil, let since = state.beyondSince, let evidence = state.latest else { return }
        guard context.now - since >= holdFor else { return output.wake(at: since + holdFor) }
        state.standing = evidence
        output.sleep()
        output.state(.active, kind: alertKind, evidence: evidence)
    }

    private func isBeyond(_ value: Double) -> Bool { setAbove.map { value > $0 } ?? false || setBelow.map { value < $0 } ?? false }

    private func isInside(_ value: Double) -> Bool { clearBelow.map { value <= $0 } ?? true && clearAbove.map { value >= $0 } ?? true }

    private func sentence(_ value: Double) -> LocalizedText {
        let limits = [setAbove.map { "> \($0)" }, setBelow.map { "< \($0)" }].compactMap { $0 }.joined(separator: " / ")
        let hold = holdFor == .zero ? "" : ", \(holdFor.text)"
        return LocalizedText(
            zh: "\(observation.rawValue) \(value)(界限 \(limits)\(hold))", en: "\(observation.rawValue) \(value) (limit \(limits)\(hold))"
        )
    }
}
