/// A battery that is low by its device's own word or by its level, or that will be empty soon by how it runs down: somebody brings another one.
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
        /// The last level that counts, and whether it calls; both nil in rows of before.
        var percent: Double?
        var isAtLimit: Bool?
        var standing: Evidence?
    }

    /// What falls by more at once was not measured: some devices say 0 for that.
    private static let mostThatFallsToZero = 50.0

    /// In percent: from `limit` down it is low, from `clearAbove` up no more.
    private let limit: Double
    private let clearAbove: Double

    public init(rule: Rule, settings: inout SettingsReader) {
        limit = settings.number("below", in: 1...90) ?? 10
        let clear = settings.number("clear_above", in: 1...100)
        clearAbove = clear ?? min(limit + 10, 100)
        if let clear, clear <= limit {
            settings.fault(
                at: settings.mark(of: "clear_above"), key: "clear_above",
                "must lie beyond \"below\"; write more than \(Measure.shown(limit))")
        }
    }

    public var subjects: SubjectChoice { .device }
    public var listensTo: [ObservationKind]? { [.battery_low, .battery_percent] }
    public var foretellsBatteries: Bool { true }

    public func begin(_ context: DetectorContext) -> State { State() }

    public func observe(_ reading: Reading, state: inout State, context: DetectorContext, output: inout DetectorOutput) {
        if let percent = reading.observation.value.number { return observe(percent, reading, &state, context, &output) }
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

    /// What a broker kept, and what is late, says nothing of how full it is now.
    private func observe(
        _ percent: Double, _ reading: Reading, _ state: inout State, _ context: DetectorContext, _ output: inout DetectorOutput
    ) {
        guard !reading.isRetained, !reading.isLate, !reading.isPast else { return }
        let before = state.percent
        if percent == 0, before.map({ $0 > Self.mostThatFallsToZero }) ?? true { return }
        state.percent = percent
        if percent >= clearAbove { state.isAtLimit = nil }
        if isLow(percent, after: before, context) { state.isAtLimit = true }
        let shown = Measure.shown(percent)
        let words =
            percent >= clearAbove
            ? Self.replaced : LocalizedText(zh: "电量只剩 \(shown)%", en: "its battery is at \(shown) %")
        judge(&state, reading.evidence(words), context, &output)
    }

    /// What is worn is charged by whoever wears it: it may run down to half of the limit, and while it rises it lies on the charger.
    private func isLow(_ percent: Double, after before: Double?, _ context: DetectorContext) -> Bool {
        guard context.device?.liveness == .wearable else { return percent <= limit }
        return percent <= limit / 2 && before.map { percent <= $0 } ?? false
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
        if state.isLow || state.hasCalled == true || state.isAtLimit == true || isSoon {
            guard state.standing == nil else { return }
            state.standing = evidence
            output.state(.active, kind: Self.low.kind, evidence: evidence, class: .technical)
        } else if state.standing != nil {
            state.standing = nil
            output.state(.cleared, kind: Self.low.kind, evidence: evidence, class: .technical)
        }
    }

    private static let replaced = LocalizedText(zh: "电池已更换或充电", en: "the battery was replaced or charged")

    private func notice(_ context: DetectorContext) -> Milliseconds { (context.device?.liveness ?? .sleepy).batteryNotice }

    /// What the line says, as long as it says anything.
    private func outlook(_ state: State, _ context: DetectorContext) -> Evidence {
        let isSoon = state.emptyAt.map { $0 - notice(context) <= context.now } ?? false
        guard let emptyAt = state.emptyAt, isSoon else {
            return Evidence(
                at: context.now, device: context.device?.id, observation: .battery_percent,
                sentence: Self.replaced)
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
