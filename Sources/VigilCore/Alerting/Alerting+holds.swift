// Holding back, honestly (`alert-lifecycle.md`, section 4): a held alert is raised, listed and recorded, and tells nobody.

extension Alerting {
    /// What holds an alert back as things stand.
    ///
    /// - Parameter isNew: its finding came just now. An alert about a person that has begun to tell is not taken back because something
    ///   goes out afterwards.
    func holds(on alert: Alert, isNew: Bool, _ context: Context) -> [AlertHold] {
        // Never red, also where it has eased.
        guard alert.highestSeverity != .red else { return [] }
        let silences = context.orders.silences(for: alert, in: context.household, at: context.now)
        let causes = causes(of: alert, context.household).map { AlertHold.inhibited($0.id) }
        let explaining = isNew || alert.alertClass == .technical ? causes : causes.filter { alert.holds.contains($0) }
        let storm = storm(holding: alert, context.household).map { [AlertHold.storm($0.id)] } ?? []
        return silences.map { .silenced($0) } + explaining + storm
    }

    /// Holds alerts and lets them go, after orders or the registry changed.
    mutating func reviewHolds(_ context: Context, into effects: inout [Effect]) {
        for alert in book.open { reviewHolds(of: alert.id, context, into: &effects) }
        settleHolds(context, into: &effects)
    }

    var hasHoldsToSettle: Bool { !changedCauses.isEmpty || !changedStorms.isEmpty }

    /// The same for those that hang on what began or ended since the last call, and on those in turn.
    mutating func settleHolds(_ context: Context, into effects: inout [Effect]) {
        while hasHoldsToSettle {
            let storms = changedStorms
            changedStorms = []
            for id in storms { judgeStorm(id, context, into: &effects) }
            let causes = changedCauses
            changedCauses = []
            for id in causes.flatMap({ explained(by: $0, context.household) }) { reviewHolds(of: id, context, into: &effects) }
        }
    }

    mutating func reviewHolds(of id: AlertID, _ context: Context, into effects: inout [Effect]) {
        guard let alert = book[id], alert.isOpen else { return }
        let holds = holds(on: alert, isNew: false, context)
        if holds != alert.holds { happen(.held(holds), to: alert, context, into: &effects) }
    }

    /// Remembers that a storm's member is not as it was.
    mutating func noteMember(_ alert: Alert, before: Alert?) {
        let isAsBefore = before.map { $0.condition == alert.condition && $0.isOpen == alert.isOpen && $0.holds == alert.holds } ?? false
        guard !isAsBefore else { return }
        for case .storm(let id) in (before?.holds ?? []) + alert.holds where !changedStorms.contains(id) { changedStorms.append(id) }
    }

    /// Remembers that what others hang on begins or ends.
    mutating func noteCause(_ alert: Alert, before: Alert?) {
        let wasSilenced = before?.isSilenced ?? false
        guard alert.isCausing != before?.isCausing ?? false || alert.isCausing && alert.isSilenced != wasSilenced else { return }
        changedCauses.append(alert.key)
    }
}
