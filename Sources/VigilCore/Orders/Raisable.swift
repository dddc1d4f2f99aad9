/// A kind of alert that a rule in force can raise, and how bad it then is.
struct Raisable: Hashable, Sendable {
    let rule: RuleID
    let kind: AlertKind
    let alertClass: AlertClass
    let severity: Severity
}
