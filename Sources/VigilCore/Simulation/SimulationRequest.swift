/// What a simulation is asked: who would be told if this happened to them at that moment.
public struct SimulationRequest: Hashable, Sendable {
    public var kind: AlertKind
    /// A resident, a dwelling, a device or a part of the system; the rule says whether the alert is about the person, their flat or the device.
    public var about: Subject
    /// Another colour than the rule's own; nil for that.
    public var severity: Severity?
    public var at: WallTime

    public init(kind: AlertKind, about: Subject, severity: Severity? = nil, at: WallTime) {
        self.kind = kind
        self.about = about
        self.severity = severity
        self.at = at
    }
}
