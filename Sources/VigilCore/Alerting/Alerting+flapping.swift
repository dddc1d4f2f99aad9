// A condition that comes and goes is held open, and its device is to be fixed (`alert-lifecycle.md`, section 4; `promises.md`, C5).

extension Alert {
    static let flappingWindow = Milliseconds.hours(1)
    static let tooManyOnsets = 5

    /// It began so often within an hour that it closes only after an hour of quiet.
    var isFlapping: Bool { onsets.count >= Self.tooManyOnsets }

    /// The condition begins. Older beginnings than those that count are forgotten.
    mutating func begin(at now: EngineTime) {
        onsets = (onsets.filter { now - $0 < Self.flappingWindow } + [now]).suffix(Self.tooManyOnsets)
    }
}

extension Alerting {
    /// Asks, once, for the device to be fixed by which an alert has begun to come and go.
    mutating func askToFix(_ id: AlertID, wasFlapping: Bool, _ context: Context, into effects: inout [Effect]) {
        guard let alert = book[id], alert.isFlapping, !wasFlapping, let device = Self.device(of: alert) else { return }
        let words = LocalizedText(
            zh: "一小时内反复 \(alert.onsets.count) 次,请检修设备",
            en: "came and went \(alert.onsets.count) times within an hour: the device is to be fixed")
        let finding = Finding(
            rule: alert.rule, kind: Self.flapping.kind, alertClass: .technical, severity: .yellow, subject: .device(device),
            change: .occurred, evidence: Evidence(at: context.now, device: device, sentence: words))
        find(finding, context, into: &effects)
    }

    private static func device(of alert: Alert) -> DeviceID? {
        if case .device(let id) = alert.key.subject { id } else { alert.evidence.last?.device }
    }

    static let flapping = AlertKindDescription("flapping", .event, .technical, zh: "反复报警", en: "flapping")
}
