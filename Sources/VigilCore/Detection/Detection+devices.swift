extension Detection {
    /// What is remembered of each device.
    var heard: [DeviceID: CoverageFacts.Heard] {
        let low = devices(in: [BatteryDetector.low.kind], among: standingFindings())
        let pairs = zip(household.bound, states).map {
            (
                $0.device.id,
                CoverageFacts.Heard(
                    at: $1.lastSpokenAt, isOffBody: $1.isOffBody, isOffline: $1.isConnected == false,
                    isRefused: $1.isRefused, says: $1.says,
                    hasLowBattery: $1.hasLowBattery || low[$0.device.id] != nil,
                    battery: batteries[$0.device.address])
            )
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Whether a device gives signs of life, by what it has said.
    func givesSigns(_ id: DeviceID) -> Bool {
        guard let index = household.index(of: id) else { return false }
        return household.bound[index].device.givesSigns(heardAt: states[index].lastSpokenAt, saying: states[index].says)
    }

    /// The devices that findings of these kinds stand about, with since when.
    private func devices(in kinds: [AlertKind], among findings: [Finding]) -> [DeviceID: EngineTime] {
        let standing = findings.filter { $0.change == .active && kinds.contains($0.kind) }
        let pairs = standing.compactMap { finding -> (DeviceID, EngineTime)? in
            if case .device(let id) = finding.subject { (id, finding.evidence.at) } else { nil }
        }
        return Dictionary(pairs) { min($0, $1) }
    }

    /// What is known of each device, in the registry's order.
    func conditions(at time: EngineTime) -> [DeviceCondition] {
        let standing = standingFindings()
        let gone = devices(in: [DeviceDetector.silent.kind, DeviceDetector.offline.kind], among: standing)
        let low = devices(in: [BatteryDetector.low.kind], among: standing)
        let isJudged = rules.runners.contains { $0.raises.contains(DeviceDetector.silent.kind) }
        return zip(household.bound, states).enumerated().map { index, remembered in
            let (bound, state) = remembered
            let device = bound.device
            let lastHeardAt = state.lastSpokenAt
            var condition = DeviceCondition(
                device: device, state: .heard, lastHeardAt: lastHeardAt, values: state.said, battery: batteries[device.address])
            condition.isRefused = state.isRefused
            condition.isBatteryTold = low[device.id] != nil
            let silence = lastHeardAt.map { time - $0 } ?? .zero
            if let suspension = suspension(ofDevice: index, gone: gone) {
                condition.suspension = suspension
                condition.state = .suspended
            } else if lastHeardAt == nil {
                condition.state = .neverHeard
            } else if gone[device.id] != nil {
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

    /// Why nothing can be heard of a device now: a bridge above it is gone, or what it is heard by is down.
    ///
    /// - Parameter gone: the devices that are silent or offline, with since when that is known.
    private func suspension(ofDevice index: Int, gone: [DeviceID: EngineTime]) -> DeviceCondition.Suspension? {
        for bridge in household.bridges(above: household.bound[index].device.id) {
            if let since = gone[bridge] { return DeviceCondition.Suspension(by: .bridge(bridge), since: since) }
        }
        guard let source = deafSource(ofDevice: index) else { return nil }
        return DeviceCondition.Suspension(by: .source(source), since: hearing.source(source)?.heardUntil)
    }

    private func deafSource(ofDevice index: Int) -> SourceID? {
        guard !states[index].heardOn.contains(where: { hearing.isExpected($0.source) }) else {
            return deafSources(ofDevice: index).first
        }
        // What was never heard may come from wherever its dialect is spoken.
        let dialect = household.bound[index].device.address.dialect
        let sources = routes.filter { $0.decoder.dialect == dialect }.map(\.source).filter { hearing.source($0) != nil }
        return sources.allSatisfy { !hearing.isUp($0) } ? sources.first : nil
    }
}
