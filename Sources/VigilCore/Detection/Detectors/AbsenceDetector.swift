/// Nothing from this person for too long; any activity or check-in begins anew.
///
/// Silence is measured only while the sources could be heard. Two sources that were deaf at different times are each taken for
/// themselves, so the measure errs to the early side.
public struct AbsenceDetector: Detector {
    public static let kind = "absence"
    static let absence = AlertKindDescription("absence", .condition, zh: "久未活动", en: "no sign of life")
    public static let alertKinds = [absence]

    public struct State: Codable, Hashable, Sendable {
        var silence: SilenceMark
        var standing: Evidence?
    }

    private let after: Milliseconds
    private let kinds: [ObservationKind]

    public init(rule: Rule, settings: inout SettingsReader) {
        after = settings.duration("after", in: .seconds(1) ... .hours(24 * 31)) ?? .hours(12)
        if settings.setting("after") == nil {
            settings.fault(at: nil, key: nil, "\"after\" is missing; write after: 12h, the longest silence that is still ordinary")
        }
        let named = settings.texts("activity")
        for (text, mark) in named where ObservationKind(rawValue: text) == nil {
            let hint = SettingsReader.hint(text, among: ObservationKind.allCases.filter(\.isActivity).map(\.rawValue))
            settings.fault(at: mark, key: "activity", "unknown kind of observation \"\(text)\"\(hint)")
        }
        let chosen = Set(named.compactMap { ObservationKind(rawValue: $0.text) })
        // Whoever saw or spoke to them knows better than any list.
        kinds = ObservationKind.allCases.filter { chosen.isEmpty ? $0.isActivity : chosen.contains($0) || $0 == .visit }
    }

    public var subjects: SubjectChoice { .everyResident }
    public var listensTo: [ObservationKind]? { kinds }
    public var watchesSilence: Bool { true }
    public var absenceWindow: Milliseconds? { after }

    public func begin(_ context: DetectorContext) -> State {
        State(silence: SilenceMark(at: context.now, source: nil, hearing: context.hearing))
    }

    public func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard reading.isSignOfLife else { return }
        let source: SourceID? = reading.observation.kind == .visit ? nil : reading.source
        state.silence.reset(at: reading.at, source: source, hearing: context.hearing)
        output.wake(at: reading.at + after)
        guard state.standing != nil else { return }
        state.standing = nil
        output.state(.cleared, kind: Self.absence.kind, evidence: reading.evidence(LocalizedText(zh: "恢复活动", en: "active again")))
    }

    public func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard state.standing == nil else { return }
        // Where they are is known: the engine calls again at the end of that.
        if context.isPaused { return output.sleep() }
        switch state.silence.silence(in: context.hearing) {
        case .deaf: return output.sleep()  // unknown, not silent: the engine calls again when the source is back
        case .unsettled(let wait): return output.wake(at: context.hearing.nextLook(missing: wait, at: context.now))
        case .lasting(let silence) where silence < after:
            return output.wake(at: context.hearing.nextLook(missing: after - silence, at: context.now))
        case .lasting: break
        }
        let evidence = Evidence(
            at: context.now, sentence: LocalizedText(zh: "已 \(after.text) 没有任何活动", en: "no sign of life for \(after.text)"))
        state.standing = evidence
        output.sleep()
        output.state(.active, kind: Self.absence.kind, evidence: evidence)
    }

    public func pauseChanged(state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard context.isPaused else {
            state.silence.reset(at: context.now, source: nil, hearing: context.hearing)
            return output.wake(at: context.now + after)
        }
        output.sleep()
        guard state.standing != nil else { return }
        state.standing = nil
        let evidence = Evidence(
            at: context.now, sentence: LocalizedText(zh: "已知去向,暂停久未活动判断", en: "where they are is known; absence pauses"))
        output.state(.unknown, kind: Self.absence.kind, evidence: evidence)
    }

    public func standing(_ state: State) -> [DetectorStatement] {
        state.standing.map { [DetectorStatement(.active, kind: Self.absence.kind, evidence: $0)] } ?? []
    }
}
