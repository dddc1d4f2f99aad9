import VigilCore
import VigilTesting

extension EngineScript {
    /// Every alert as a report reads it.
    var histories: [AlertHistory] {
        alerts.map { alert in
            AlertHistory(
                alert: alert, entries: effects.entries.filter { $0.alert == alert.id && AlertHistory.events.contains($0.event) })
        }
    }

    func responses(of id: AlertID) -> [AlertResponse] { histories.filter { $0.alert.id == id }.flatMap { AlertResponse.all(of: $0) } }

    /// Of everything that happened.
    func report(_ groupings: ReportGrouping..., registries: [Registry] = [SmallCommunity.registry()]) -> [ResponseReport.Group] {
        ResponseReport(histories, registries: registries, period: Self.origin..<EngineTime(.max), by: groupings).groups
    }
}
