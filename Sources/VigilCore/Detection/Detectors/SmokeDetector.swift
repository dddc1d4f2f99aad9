/// Smoke or gas in a dwelling, or water on its floor: told at once. The onset is never debounced; the end closes the condition, never the
/// alert.
public struct SmokeDetector: Detector {
    public static let kind = "smoke"
    /// Named like the observations.
    public static let alertKinds = [
        AlertKindDescription("smoke", .condition, zh: "火警", en: "smoke"),
        AlertKindDescription("gas", .condition, zh: "燃气泄漏", en: "gas"),
        AlertKindDescription("water_leak", .condition, zh: "漏水", en: "water leak"),
    ]

    /// Which sensors of the dwelling are in alarm now, and why the first of them is.
    public struct State: Codable, Hashable, Sendable {
        struct Alarm: Codable, Hashable, Sendable {
            var device: DeviceID
            var observation: ObservationKind
            var evidence: Evidence
        }

        var alarms: [Alarm] = []
    }

    private let kinds: [ObservationKind]

    public init(rule: Rule, settings: inout SettingsReader) {
        kinds = settings.observations(among: [.smoke, .gas, .water_leak], usually: [.smoke, .gas])
    }

    public var subjects: SubjectChoice { .dwelling }
    public var listensTo: [ObservationKind]? { kinds }
    public var raises: [AlertKind] { kinds.map { AlertKind($0.rawValue) } }

    public func begin(_ context: DetectorContext) -> State { State() }

    public func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard reading.isEdge || reading.isPast else { return }
        let kind = AlertKind(reading.observation.kind.rawValue)
        let evidence = reading.evidence(Self.sentence(reading.observation))
        if reading.isPast { return tellPast(reading, evidence, state, output: &output) }
        if reading.isLate && !reading.observation.value.isTrue {
            // It ends an alarm when it is said in time; until then that it had ended is told.
            guard state.alarms.contains(where: { $0.device == reading.device && $0.observation == reading.observation.kind }) else {
                return
            }
            return output.state(.cleared, kind: kind, evidence: evidence)
        }
        state.alarms.removeAll { $0.device == reading.device && $0.observation == reading.observation.kind }
        if reading.observation.value.isTrue {
            state.alarms.append(.init(device: reading.device, observation: reading.observation.kind, evidence: evidence))
            output.state(.active, kind: kind, evidence: evidence)
        } else if !state.alarms.contains(where: { $0.observation == reading.observation.kind }) {
            output.state(.cleared, kind: kind, evidence: evidence)
        }
    }

    /// An alarm that was overtaken by its own end: it rings, and has ended. An end that was overtaken by the next alarm is none.
    private func tellPast(_ reading: Reading, _ evidence: Evidence, _ state: State, output: inout DetectorOutput) {
        guard reading.observation.value.isTrue else { return }
        let kind = AlertKind(reading.observation.kind.rawValue)
        output.state(.active, kind: kind, evidence: evidence)
        guard !state.alarms.contains(where: { $0.observation == reading.observation.kind }) else { return }
        let end = Observation(reading.observation.kind, .bool(false))
        var evidence = evidence
        evidence.value = end.value
        evidence.sentence = Self.sentence(end)
        output.state(.cleared, kind: kind, evidence: evidence)
    }

    public func forget(_ isGone: (DeviceID) -> Bool, state: inout State, output: inout DetectorOutput) {
        state.alarms.removeAll { isGone($0.device) }
    }

    public func standing(_ state: State) -> [DetectorStatement] {
        state.alarms.map { DetectorStatement(.active, kind: AlertKind($0.observation.rawValue), evidence: $0.evidence) }
    }

    private static func sentence(_ observation: Observation) -> LocalizedText {
        switch (observation.kind, observation.value.isTrue) {
        case (.gas, true): LocalizedText(zh: "燃气探测器报警", en: "the gas detector sounds")
        case (.gas, false): LocalizedText(zh: "燃气探测器恢复正常", en: "the gas detector is clear again")
        case (.water_leak, true): LocalizedText(zh: "漏水传感器报警", en: "the leak sensor is wet")
        case (.water_leak, false): LocalizedText(zh: "漏水传感器恢复正常", en: "the leak sensor is dry again")
        case (_, true): LocalizedText(zh: "烟雾探测器报警", en: "the smoke detector sounds")
        case (_, false): LocalizedText(zh: "烟雾探测器恢复正常", en: "the smoke detector is clear again")
        }
    }
}
