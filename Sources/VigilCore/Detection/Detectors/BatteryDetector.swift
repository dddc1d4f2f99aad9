/// A battery that is low by its device's own word, or that will be empty soon by how it runs down: somebody brings another one.
public struct BatteryDetector: Detector {
    public static let kind = "battery"
    static let low = AlertKindDescription("battery", .condition, .technical, zh: "电量不足", en: "low battery")
    public static let alertKinds = [low]

    public struct State: Codable, Hashable, Sendable {
        /// By the device's last word.
        var isLow = false
        /// By the line of its trend.
        var emptyAt: EngineTime?
        /// It called and says nothing of how it is now: that ends when it says so, or somebody closes the alert.
        var hasCalled: Bool?
        var standing: Evidence?
    }

    public init(rule: Rule, settings: inout SettingsReader) {}

    public var subjects: SubjectChoice { .device }
    public var listensTo: [ObservationKind]? { [.battery_low] }
    public var foretellsBatteries: Bool { true }

    public func begin(_ context: DetectorContext) -> State { State() }

    public func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        guard reading.isEdge, !reading.isPast else { return }
        // That it was full then says nothing of now.
        guard !reading.isLate || reading.observation.value.isTrue else { return }
        let isCall = reading.observation.nature == .event
        state.hasCalled = isCall ? true : nil
        if !isCall { state.isLow = reading.observation.value.isTrue }
        let words = LocalizedText(
            zh: reading.observation.value.isTrue ? "设备报告电量低" : "设备报告电量恢复",
            en: reading.observation.value.isTrue
                ? "the device says that its battery is low" : "the device says that its battery is good again")
        // Each call is told: nobody says when the battery of the one before was replaced.
        if isCall { state.standing = nil }
        judge(&state, reading.evidence(words), context, &output)
    }

    public func foretold(_ forecast: BatteryForecast?, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        state.emptyAt = forecast?.emptyAt
        judge(&state, outlook(state, context), context, &output)
    }

    public func reachedDeadline(state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        judge(&state, outlook(state, context), context, &output)
    }

    public func standing(_ state: State) -> [DetectorStatement] {
        state.standing.map { [DetectorStatement(.active, kind: Self.low.kind, evidence: $0, class: .technical)] } ?? []
    }

    private func judge(_ state: inout State, _ evidence: Evidence, _ context: DetectorContext, _ output: inout DetectorOutput) {
        let due = state.emptyAt.map { $0 - notice(context) }
        let isSoon = due.map { $0 <= context.now } ?? false
        if let due, !isSoon { output.wake(at: due) } else { output.sleep() }
        if state.isLow || state.hasCalled == true || isSoon {
            guard state.standing == nil else { return }
            state.standing = evidence
            output.state(.active, kind: Self.low.kind, evidence: evidence, class: .technical)
        } else if state.standing != nil {
            state.standing = nil
            output.state(.cleared, kind: Self.low.kind, evidence: evidence, class: .technical)
        }
    }

    private func notice(_ context: DetectorContext) -> Milliseconds { (context.device?.liveness ?? .sleepy).batteryNotice }

    /// What the line says, as long as it says anything.
    private func outlook(_ state: State, _ context: DetectorContext) -> Evidence {
        let isSoon = state.emptyAt.map { $0 - notice(context) <= context.now } ?? false
        guard let emptyAt = state.emptyAt, isSoon else {
            return Evidence(
                at: context.now, device: context.device?.id, observation: .battery_percent,
                sentence: LocalizedText(zh: "电池已更换或充电", en: "the battery was replaced or charged"))
        }
        let days = max(0, (emptyAt - context.now).rawValue) / 86_400_000
        let words =
            days < 1
            ? LocalizedText(zh: "按目前的消耗,电池一天之内耗尽", en: "at this rate the battery is empty within a day")
            : LocalizedText(zh: "按目前的消耗,电池约 \(days) 天后耗尽", en: "at this rate the battery is empty in about \(days) days")
        return Evidence(at: context.now, device: context.device?.id, observation: .battery_percent, sentence: words)
    }
}

extension LivenessClass {
    /// How long before it will be empty somebody is told: time enough for a visit, and of what its wearer charges a day.
    public var batteryNotice: Milliseconds {
        switch self {
        case .wearable: .hours(24)
        case .bridge, .mains, .sleepy, .sleepySmoke, .oneWay: .hours(14 * 24)
        }
    }
}

extension BatteryForecast {
    /// Whether somebody is to be told by now.
    public func isSoon(for liveness: LivenessClass, at now: EngineTime) -> Bool { emptyAt - liveness.batteryNotice <= now }
}
