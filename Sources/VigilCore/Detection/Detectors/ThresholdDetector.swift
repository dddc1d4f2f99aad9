/// Any number beyond a limit for some time; ends at a clear point that lies inside, so that it does not flap.
///
/// The time runs only while the source that said so is heard: behind an outage or a restart the value may have been anything.
public struct ThresholdDetector: Detector {
    public static let kind = "threshold"
    /// The usual ones: those of the built-in rules, and of a rule that names no kind of its own, which raises one named like its observation.
    public static let alertKinds = [
        AlertKindDescription("heart_rate_bpm", .condition, zh: "心率异常", en: "heart rate"),
        AlertKindDescription("respiration_rpm", .condition, zh: "呼吸异常", en: "breathing"),
        AlertKindDescription("spo2_percent", .condition, zh: "血氧异常", en: "oxygen saturation"),
        AlertKindDescription("body_temperature_c", .condition, zh: "体温异常", en: "body temperature"),
        AlertKindDescription("heart_rate_high", .condition, zh: "心率过快", en: "fast heart rate"),
        AlertKindDescription("heart_rate_low", .condition, zh: "心率过慢", en: "slow heart rate"),
        AlertKindDescription("oxygen_low", .condition, zh: "血氧过低", en: "low oxygen saturation"),
        AlertKindDescription("fever", .condition, zh: "发热", en: "fever"),
    ]

    public struct State: Codable, Hashable, Sendable {
        /// Since when the value is beyond the set point without a break, on the source that said so last.
        var beyond: HeardMark?
        /// How long it had been beyond on others before.
        var beyondBefore: Milliseconds?
        /// The first word that it is, where the device said when.
        var firstBeyond: Backlog?
        /// How much longer than it was heard it had been beyond, by what was kept on the way.
        var madeUp: Milliseconds?
        var latest: Evidence?
        /// What set it off, while it holds.
        var standing: Evidence?
        /// Since when what arrives late is beyond the set point without a break.
        var lateBeyondSince: EngineTime?
        /// What stands is known to have ended, by what arrived late: once is enough.
        var isLateEndTold: Bool?
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
        if !observation.isNumber {
            settings.fault(
                at: settings.mark(of: "observation"), key: "observation", "\(observation.rawValue) is no number; a threshold needs one")
        }
        let name = settings.setting("kind") == nil ? nil : settings.identifier("kind", "a name for the alert")
        alertKind = AlertKind(name ?? observation.rawValue)
        setAbove = settings.number("above", in: everything)
        setBelow = settings.number("below", in: everything)
        clearBelow = settings.number("clear_below", in: everything) ?? setAbove
        clearAbove = settings.number("clear_above", in: everything) ?? setBelow
        holdFor = settings.duration("for", in: .zero ... .hours(24 * 31)) ?? .zero
        if settings.setting("above") == nil && settings.setting("below") == nil {
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
        if reading.isPast { return observePast(reading, value, state: &state, output: &output) }
        if let happenedAt = reading.happenedAt {
            return observeLate(reading, value, happenedAt, state: &state, output: &output)
        }
        state.lateBeyondSince = nil
        state.isLateEndTold = nil
        state.madeUp = state.firstBeyond?.madeUp(by: reading)
        if !isBeyond(value), state.madeUp ?? .zero > .zero {
            // It was beyond until this was said: what was due by then comes first, as it does where nothing was kept.
            judge(&state, heardAt: reading.at, context: context, output: &output)
        }
        state.latest = reading.evidence(sentence(value))
        if isBeyond(value) {
            follow(reading, &state, context.hearing)
            judge(&state, heardAt: reading.at, context: context, output: &output)
        } else if isInside(value) {
            state.beyond = nil
            output.sleep()
            if state.standing != nil, let evidence = state.latest {
                state.standing = nil
                output.state(.cleared, kind: alertKind, evidence: evidence)
            }
        } else if state.standing == nil {
            // Between the set and the clear point: not beyond, so the time does not run.
            state.beyond = nil
            output.sleep()
        }
    }

    /// Others overtook it on the way. It rings where it would have rung at once, and the later ones say whether that has ended.
    private func observePast(_ reading: Reading, _ value: Double, state: inout State, output: inout DetectorOutput) {
        guard holdFor == .zero, state.standing == nil, isBeyond(value), let latest = state.latest else { return }
        let evidence = reading.evidence(sentence(value))
        output.state(.active, kind: alertKind, evidence: evidence)
        if latest.value?.number.map(isInside) ?? false {
            output.state(.cleared, kind: alertKind, evidence: latest)
        } else {
            state.standing = evidence
        }
    }

    /// It speaks of then: its time is measured by when it happened, and it ends nothing that stands.
    private func observeLate(
        _ reading: Reading, _ value: Double, _ happenedAt: EngineTime, state: inout State, output: inout DetectorOutput
    ) {
        let evidence = reading.evidence(sentence(value))
        guard isBeyond(value) else {
            state.lateBeyondSince = nil
            guard isInside(value), state.standing != nil, state.isLateEndTold != true else { return }
            state.isLateEndTold = true
            return output.state(.cleared, kind: alertKind, evidence: evidence)
        }
        let since = min(state.lateBeyondSince ?? happenedAt, happenedAt)
        state.lateBeyondSince = since
        guard state.standing == nil, happenedAt - since >= holdFor else { return }
        state.latest = evidence
        state.standing = evidence
        output.sleep()
        output.state(.active, kind: alertKind, evidence: evidence)
    }

    public func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        judge(&state, heardAt: nil, context: context, output: &output)
    }

    public func awaitsHearing(_ state: State) -> Bool { state.beyond != nil && state.standing == nil }

    public func forget(_ isGone: (DeviceID) -> Bool, state: inout State, output: inout DetectorOutput) {
        guard let device = state.latest?.device, isGone(device) else { return }
        state = State()
        output.sleep()
    }

    public func standing(_ state: State) -> [DetectorStatement] {
        state.standing.map { [DetectorStatement(.active, kind: alertKind, evidence: $0)] } ?? []
    }

    /// Begins to count, or goes on counting on the source that speaks now.
    private func follow(_ reading: Reading, _ state: inout State, _ hearing: Hearing) {
        if let beyond = state.beyond {
            guard beyond.source != reading.source else { return }
            state.beyondBefore = (state.beyondBefore ?? .zero) + hearing.heard(since: beyond)
        } else {
            state.beyondBefore = nil
            state.firstBeyond = Backlog(reading)
            state.madeUp = nil
        }
        state.beyond = hearing.mark(reading.source, at: reading.at)
    }

    /// - Parameter heardAt: when the source just said so; nil at a deadline.
    private func judge(_ state: inout State, heardAt: EngineTime?, context: DetectorContext, output: inout DetectorOutput) {
        guard state.standing == nil, let beyond = state.beyond, let evidence = state.latest else { return }
        let counted = (state.beyondBefore ?? .zero) + (state.madeUp ?? .zero)
        let missing = holdFor - counted - context.hearing.heard(since: beyond, until: heardAt)
        guard missing <= .zero else {
            // While its source is down nothing counts: the engine calls again when it is back.
            guard context.hearing.isUp(beyond.source) else { return output.sleep() }
            return output.wake(at: heardAt.map { $0 + missing } ?? context.hearing.nextLook(missing: missing, at: context.now))
        }
        state.standing = evidence
        output.sleep()
        output.state(.active, kind: alertKind, evidence: evidence)
    }

    private func isBeyond(_ value: Double) -> Bool { setAbove.map { value > $0 } ?? false || setBelow.map { value < $0 } ?? false }

    private func isInside(_ value: Double) -> Bool { clearBelow.map { value <= $0 } ?? true && clearAbove.map { value >= $0 } ?? true }

    private func sentence(_ value: Double) -> LocalizedText {
        let limits = [setAbove.map { "> \(Measure.shown($0))" }, setBelow.map { "< \(Measure.shown($0))" }]
            .compactMap { $0 }.joined(separator: " / ")
        let isAtOnce = holdFor == .zero
        let hold = LocalizedText(zh: isAtOnce ? "" : ",持续 \(holdFor.text)", en: isAtOnce ? "" : " for \(holdFor.text)")
        let said = observation.measure?.said(value) ?? LocalizedText(zh: Measure.shown(value), en: Measure.shown(value))
        return LocalizedText(
            zh: "\(said.chinese)(界限 \(limits)\(hold.chinese))", en: "\(said.english) (limit \(limits)\(hold.english))")
    }
}
