/// Every kind of alert that the engine knows by itself; a threshold may be configured to raise others.
public enum AlertKinds {
    public static let all =
        DetectorRegistry.all.flatMap { $0.alertKinds } + SourceWatch.alertKinds + [CounterWatch.reset, KeyWatch.wrong]
        + RosterWatch.alertKinds + Alerting.alertKinds

    private static let byKind = Dictionary(all.map { ($0.kind, $0) }) { first, _ in first }

    /// What only a configuration knows is about somebody's life.
    static func alertClass(of kind: AlertKind) -> AlertClass { description(of: kind)?.alertClass ?? .life }

    static func description(of kind: AlertKind) -> AlertKindDescription? { byKind[kind] }
}

extension AlertKind {
    /// Whether it is a condition that ends, as are all kinds that only a configuration knows, or a one-shot event.
    var isCondition: Bool { AlertKinds.description(of: self)?.nature != .event }
}
