import VigilCore

// What is set off at the site (`alert-lifecycle.md`, section 5), by an oracle that shares no code with the engine.

extension Simulator {
    /// Nothing is set off for an alert that is over, nothing is ended that an open one needs, and nobody counts as told by either.
    mutating func checkActions(_ fresh: [Effect]) {
        let open = engine.openAlerts
        let openIDs = Set(open.map(\.id))
        for delivery in engine.deliveries where delivery.isAction {
            let isWanted = delivery.purpose == .release || openIDs.contains(delivery.alert)
            check(isWanted, "\(delivery.id) is tried although its alert is over")
            check(!delivery.isDeferred(at: engine.now), "\(delivery.id) waits for somebody's quiet")
        }
        for delivery in engine.deliveries where delivery.purpose == .release {
            let action = ActionID(delivery.address)
            let needing = open.first { $0.escalation.actions.contains(action) || $0.escalation.calls.contains(action) }
            check(needing == nil || delivery.state == .sending, "\(delivery.id) ends what \(needing?.id ?? "nobody") needs")
        }
        for case .alert(let alert, _) in fresh {
            check(!alert.told.contains { $0.rawValue.hasPrefix("action:") }, "\(alert.id) takes something at the site for somebody")
            check(alert.isOpen || alert.escalation.actions.isEmpty || isLater(alert, in: fresh), "\(alert.id) is over and ends nothing")
        }
    }

    /// Only the latest word of a turn counts.
    private func isLater(_ alert: Alert, in fresh: [Effect]) -> Bool {
        fresh.entries.contains { $0.alert == alert.id && $0.number > alert.timelineCount }
    }
}
