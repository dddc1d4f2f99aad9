/// Which alerts a silence is about: everything that is given must fit, and something must be given.
public struct AlertMatcher: Hashable, Codable, Sendable {
    public var kind: AlertKind?
    public var rule: RuleID?
    /// The alert is about this person, or about a flat or device of theirs.
    public var resident: ResidentID?
    public var grid: GridID?
    /// The alert is about this device, or knows what it knows from this one alone.
    public var device: DeviceID?

    public init(
        kind: AlertKind? = nil, rule: RuleID? = nil, resident: ResidentID? = nil, grid: GridID? = nil, device: DeviceID? = nil
    ) {
        self.kind = kind
        self.rule = rule
        self.resident = resident
        self.grid = grid
        self.device = device
    }

    /// The keys of its document.
    public static let keys = ["kind", "rule", "resident", "grid", "device"]

    public var isEmpty: Bool { kind == nil && rule == nil && resident == nil && grid == nil && device == nil }

    func fits(_ alert: Alert, in household: Household) -> Bool {
        let subject = alert.key.subject
        guard fits(alert.key.kind, alert.rule, subject, in: household) else { return false }
        if let device, subject != .device(device) {
            // A second source that says the same is no fault of this device.
            return !alert.evidence.isEmpty && alert.evidence.allSatisfy { $0.device == device }
        }
        return true
    }

    /// Whether it is about such alerts, whatever devices know of them.
    func fits(_ kind: AlertKind, _ rule: RuleID, _ subject: Subject, in household: Household) -> Bool {
        if let wanted = self.kind, kind != wanted { return false }
        if let wanted = self.rule, rule != wanted { return false }
        if let resident, !household.residents(of: subject).contains(where: { $0.id == resident }) { return false }
        return grid.map { household.grid(of: subject) == $0 } ?? true
    }
}
