/// A kind of alert that a rule in force can raise, and how bad it then is.
struct Raisable: Hashable, Sendable {
    let rule: RuleID
    let kind: AlertKind
    let alertClass: AlertClass
    let severity: Severity

    /// What raises it about a device, or ends it.
    func finding(_ change: Finding.Change, _ device: DeviceID, _ evidence: Evidence) -> Finding {
        Finding(
            rule: rule, kind: kind, alertClass: alertClass, severity: severity, subject: .device(device), change: change,
            evidence: evidence)
    }
}
