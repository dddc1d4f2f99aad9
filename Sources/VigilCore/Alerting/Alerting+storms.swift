// Many technical alerts of one kind in one building within a minute are one alert with members (`alert-lifecycle.md`, section 4).
// Alerts about people are never merged.

extension Alerting {
    private static let stormWindow = Milliseconds.seconds(60)
    private static let stormSize = 4

    /// Lets an alert that has just begun join the storm of its building, or make one with those that began with it.
    mutating func gather(_ id: AlertID, _ context: Context, into effects: inout [Effect]) {
        guard let alert = book[id], isGatherable(alert, context), let building = context.household.building(of: alert.key.subject)
        else {
            return
        }
        let key = AlertKey(kind: alert.key.kind, subject: .building(building))
        let fresh = context.household.devices(in: building)
            .compactMap { book.latest(AlertKey(kind: key.kind, subject: .device($0))) }
            .filter { isGatherable($0, context) }
        let storm = book.latest(key).flatMap { $0.isOpen ? $0 : nil }
        let isGoingOn = storm.map { context.now - $0.lastOccurrenceAt < Self.stormWindow } ?? false
        guard isGoingOn || fresh.count >= Self.stormSize else { return }
        let members = isGoingOn ? [alert] : fresh
        if let storm { join(members, storm, context, into: &effects) } else { begin(members, key, context, into: &effects) }
        for member in members { reviewHolds(of: member.id, context, into: &effects) }
    }

    /// It began within the window, and tells people.
    private func isGatherable(_ alert: Alert, _ context: Context) -> Bool {
        guard alert.isOpen, alert.alertClass == .technical, alert.highestSeverity != .red, alert.holds.isEmpty, alert.members.isEmpty,
            let onset = alert.onsets.last
        else { return false }
        return context.now - onset < Self.stormWindow
    }

    private mutating func begin(_ members: [Alert], _ key: AlertKey, _ context: Context, into effects: inout [Effect]) {
        guard let first = members.first else { return }
        let words = LocalizedText(zh: "同一楼栋 1 分钟内 \(members.count) 台设备", en: "\(members.count) devices of one building within a minute")
        let finding = Finding(
            rule: first.rule, kind: key.kind, alertClass: .technical, severity: members.map(\.severity).max() ?? first.severity,
            subject: key.subject, change: .active, evidence: Evidence(at: context.now, sentence: words))
        find(finding, members: members.map(\.id), context, into: &effects)
    }

    private mutating func join(_ members: [Alert], _ open: Alert, _ context: Context, into effects: inout [Effect]) {
        var storm = open
        storm.members += members.map(\.id).filter { !storm.members.contains($0) }
        storm.lastOccurrenceAt = context.now
        storm.condition = .active
        storm.closeAt = nil
        record(&storm, .joined, members.map(\.id.rawValue).joined(separator: " "), context, into: &effects)
    }

    /// The storm that holds an alert.
    func storm(holding alert: Alert, _ household: Household) -> Alert? {
        guard alert.alertClass == .technical, alert.members.isEmpty, let building = household.building(of: alert.key.subject),
            let storm = book.latest(AlertKey(kind: alert.key.kind, subject: .building(building))), storm.isOpen,
            storm.members.contains(alert.id)
        else { return nil }
        return storm
    }

    /// A storm has cleared when every member has, and goes on when one does.
    mutating func judgeStorm(_ id: AlertID, _ context: Context, into effects: inout [Effect]) {
        guard var storm = book[id], storm.isOpen else { return }
        let isQuiet = storm.members.allSatisfy { book[$0].map { !$0.isOpen || $0.condition == .cleared } ?? true }
        guard isQuiet != (storm.condition == .cleared) else { return }
        storm.condition = isQuiet ? .cleared : .active
        storm.closeAt = isQuiet ? policy(of: storm).closeAfterCleared.map { context.now + $0 } : nil
        record(&storm, isQuiet ? .condition_cleared : .condition_active, "by its members", context, into: &effects)
    }

    /// With a storm its members are over, as it is.
    mutating func closeMembers(of storm: Alert, _ context: Context, into effects: inout [Effect]) {
        guard let closure = storm.closure else { return }
        for member in storm.members.compactMap({ book[$0] }).filter(\.isOpen) {
            happen(.closed(closure.by, closure.outcome, note: closure.note), to: member, context, into: &effects)
        }
    }
}
