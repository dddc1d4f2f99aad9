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

    /// A press under a drill shows that its device works.
    func noteTest(_ finding: Finding, _ context: Context, into effects: inout [Effect]) {
        guard isDrill(finding, context), let device = finding.evidence.device.flatMap({ context.household.device($0) }) else { return }
        let at = finding.evidence.happenedAt ?? finding.evidence.at
        effects.append(.tested(DeviceTest(device: device.address, testedAt: at, way: .drill)))
    }

    /// What somebody says afterwards to have been a drill was a test of every device that called.
    func noteTests(of closed: Alert, _ context: Context, into effects: inout [Effect]) {
        let calls = closed.evidence.filter { evidence in
            // What was found on connecting tells what was, and nobody knows when.
            evidence.observation.map(Self.calls.contains) ?? false && !evidence.isFoundOnConnect
        }
        for evidence in calls {
            guard let device = evidence.device.flatMap({ context.household.device($0) }) else { continue }
            let at = evidence.happenedAt ?? evidence.at
            effects.append(.tested(DeviceTest(device: device.address, testedAt: at, way: .outcome)))
        }
    }

    /// What a device says when it calls for help by somebody's hand or by smoke from a spray.
    private static let calls: Set<ObservationKind> = [.sos, .smoke, .gas]

    /// Whoever takes a drill has shown that it works, and that is its end.
    mutating func endDrill(_ id: AlertID, acceptedBy actor: Actor, _ context: Context, into effects: inout [Effect]) {
        guard let alert = book[id], alert.isDrill else { return }
        happen(.closed(actor, .drill, note: ""), to: alert, context, into: &effects)
    }
}
