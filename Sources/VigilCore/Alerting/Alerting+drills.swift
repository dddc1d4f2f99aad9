// An alarm that is tried out goes its whole way, and everybody hears that it is a drill (`alert-lifecycle.md`, section 8).

extension Alerting {
    /// Only a call for help is ever a drill: nobody falls, and nothing burns, by appointment.
    func isDrill(_ finding: Finding, _ context: Context) -> Bool {
        guard finding.kind == SOSDetector.sos.kind else { return false }
        let residents = context.household.residents(of: finding.subject).map(\.id)
        // What arrives late must have happened under the drill as well: before it, it was real.
        return [context.now, finding.evidence.happenedAt ?? context.now].allSatisfy {
            context.orders.isDrill(residents, device: finding.evidence.device, at: $0)
        }
    }

    /// Whoever takes a drill has shown that it works, and that is its end.
    mutating func endDrill(_ id: AlertID, acceptedBy actor: Actor, _ context: Context, into effects: inout [Effect]) {
        guard let alert = book[id], alert.isDrill else { return }
        happen(.closed(actor, .drill, note: ""), to: alert, context, into: &effects)
    }
}
