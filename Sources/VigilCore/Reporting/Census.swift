/// Whose alerts were whose, by the registry that each was made under: who has moved or died since belongs where they were.
struct Census {
    private let households: [Int: Household]
    private let latest: Household

    init(_ registries: [Registry]) {
        households = Dictionary(registries.map { ($0.version, Household($0)) }) { first, _ in first }
        latest = households.max { $0.key < $1.key }?.value ?? Household(Registry())
    }

    func name(ofGrid id: String) -> String? { latest.registry.community.grids.first { $0.id.rawValue == id }?.name }

    /// What a response is counted under; nil where it belongs to nothing that is known.
    func key(_ grouping: ReportGrouping, of alert: Alert, _ response: AlertResponse) -> String? {
        let isTechnical = alert.alertClass == .technical
        let household = households[alert.registryVersion] ?? latest
        switch grouping {
        case .alertClass: return alert.alertClass.rawValue
        case .severity: return isTechnical ? ReportGrouping.technical : response.severity.rawValue
        case .grid: return isTechnical ? ReportGrouping.technical : household.grid(of: alert.key.subject)?.rawValue
        case .resident:
            let residents = household.residents(of: alert.key.subject)
            return isTechnical ? ReportGrouping.technical : residents.count == 1 ? residents[0].id.rawValue : nil
        case .kind: return alert.key.kind.rawValue
        case .rule: return alert.rule.rawValue
        case .deviceModel: return device(of: alert).flatMap { household.device($0)?.model ?? latest.device($0)?.model }
        }
    }

    /// The device that raised it: the first evidence, which is never dropped; of an alert about a device that device.
    private func device(of alert: Alert) -> DeviceID? {
        if case .device(let id) = alert.key.subject { return id }
        return alert.evidence.first?.device
    }
}
