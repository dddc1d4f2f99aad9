extension Detection {
    /// What is remembered of each device.
    var heard: [DeviceID: CoverageFacts.Heard] {
        let low = devicesWithLowBattery
        let pairs = zip(household.bound, states).map {
            (
                $0.device.id,
                CoverageFacts.Heard(
                    at: $1.lastSpokenAt, isOffBody: $1.isOffBody, isOffline: $1.isConnected == false, says: $1.says,
                    hasLowBattery: $1.hasLowBattery || low.contains($0.device.id),
                    battery: batteries[$0.device.address])
            )
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Those of which the rule about batteries tells people.
    private var devicesWithLowBattery: Set<DeviceID> { subjects(BatteryDetector.low.kind, among: standingFindings()) }

    private func subjects(_ kind: AlertKind, among findings: [Finding]) -> Set<DeviceID> {
        let found = findings.filter { $0.change == .active && $0.kind == kind }
        return Set(found.compactMap { if case .device(let id) = $0.subject { id } else { nil } })
    }

    /// What is known of each device, in the registry's order.
    func conditions(at time: EngineTime) -> [DeviceCondition] {
        let standing = standingFindings()
        let silent = subjects(DeviceDetector.silent.kind, among: standing)
        let offline = subjects(DeviceDetector.offline.kind, among: standing)
        let low = subjects(BatteryDetector.low.kind, among: standing)
        let isJudged = rules.runners.contains { $0.raises.contains(DeviceDetector.silent.kind) }
        let isDeaf = !hearing.all.isEmpty && !hearing.all.contains { hearing.isUp($0) }
        return zip(household.bound, states).map { bound, state in
            let device = bound.device
            let lastHeardAt = state.lastSpokenAt
            var condition = DeviceCondition(
                device: device, state: .heard, lastHeardAt: lastHeardAt, values: state.said, battery: batteries[device.address])
            condition.isBatteryTold = low.contains(device.id)
            let silence = lastHeardAt.map { time - $0 } ?? .zero
            if let bridge = household.bridges(above: device.id).first(where: { offline.contains($0) || silent.contains($0) }) {
                condition.suspendedBy = bridge
                condition.state = .suspended
            } else if isDeaf {
                condition.state = .suspended
            } else if lastHeardAt == nil {
                condition.state = .neverHeard
            } else if silent.contains(device.id) || offline.contains(device.id) {
                condition.state = .dead
            } else if !isJudged, let limit = state.isConnected == true ? device.deadAfterWithWill : device.deadAfter, silence >= limit {
                // Without a rule that counts what was heard, nothing but the age tells.
                condition.state = .dead
            } else if state.isConnected == false {
                // Its own silence is counted all the same: what speaks for it may be wrong.
                condition.state = .stale
            } else if let limit = device.staleAfter, silence >= limit, !(device.liveness == .bridge && state.isConnected == true) {
                condition.state = .stale
            }
            return condition
        }
    }
}
