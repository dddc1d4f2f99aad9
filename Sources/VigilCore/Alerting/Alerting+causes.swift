// What explains a finding: something above it is out (`alert-lifecycle.md`, section 4). Only absence and what is technical is ever
// explained by that; a call for help, smoke and a fall never are.

extension Alerting {
    private static let silent = DeviceDetector.silent.kind
    private static let offline = DeviceDetector.offline.kind
    private static let absence = AbsenceDetector.absence.kind

    /// The open alerts that explain this one, each once.
    func causes(of alert: Alert, _ household: Household) -> [Alert] {
        switch (alert.key.kind, alert.key.subject) {
        case (Self.silent, .device(let id)): unique([standing(Self.offline, of: id)].compactMap { $0 } + above(id, household))
        case (Self.offline, .device(let id)): above(id, household)
        // Whoever is told of no cause must hear of the person.
        case (Self.absence, .resident(let id)): blinding(id, household).filter { !$0.isSilenced }
        default: []
        }
    }

    /// What keeps everything from being heard that gives signs of life of a resident; empty when something can be.
    private func blinding(_ resident: ResidentID, _ household: Household) -> [Alert] {
        let eyes = household.eyes(of: resident)
        let causes = eyes.map { blinding($0, household) }
        return causes.contains { $0.isEmpty } ? [] : unique(causes.flatMap { $0 })
    }

    /// What keeps a device from being heard.
    private func blinding(_ device: DeviceID, _ household: Household) -> [Alert] {
        [standing(Self.offline, of: device), standing(Self.silent, of: device)].compactMap { $0 } + above(device, household)
    }

    /// Bridges and sources that a device is heard through and that are out.
    private func above(_ device: DeviceID, _ household: Household) -> [Alert] {
        let bridges = household.bridges(above: device).flatMap { bridge in
            [standing(Self.offline, of: bridge), standing(Self.silent, of: bridge)].compactMap { $0 }
        }
        return bridges + deafSources(of: device, household)
    }

    /// The sources that carry a device's dialect, if all of them are down.
    private func deafSources(of device: DeviceID, _ household: Household) -> [Alert] {
        let sources = sources(of: device, household)
        let down = sources.compactMap { causing(SourceWatch.key($0)) }
        return down.count == sources.count ? down : []
    }

    private func sources(of device: DeviceID, _ household: Household) -> [SourceID] {
        guard let dialect = household.device(device)?.address.dialect else { return [] }
        return Set(rules.routes.filter { $0.dialect == dialect }.map(\.source)).sorted()
    }

    private func standing(_ kind: AlertKind, of device: DeviceID) -> Alert? { causing(AlertKey(kind: kind, subject: .device(device))) }

    private func causing(_ key: AlertKey) -> Alert? { book.latest(key).flatMap { $0.isCausing ? $0 : nil } }

    private func unique(_ alerts: [Alert]) -> [Alert] {
        var seen: Set<AlertID> = []
        return alerts.filter { seen.insert($0.id).inserted }
    }

    /// The alerts that may be held or let go because this one begins or ends.
    func explained(by cause: AlertKey, _ household: Household) -> [AlertID] {
        guard case .device(let id) = cause.subject else {
            return book.open.filter { $0.alertClass == .technical || $0.key.kind == Self.absence }.map(\.id)
        }
        let devices = [id] + household.devices(below: id)
        let residents = Set(devices.flatMap { household.residents(of: .device($0)).map(\.id) }).sorted()
        let keys =
            devices.flatMap { device in [Self.silent, Self.offline].map { AlertKey(kind: $0, subject: .device(device)) } }
            + residents.map { AlertKey(kind: Self.absence, subject: .resident($0)) }
        return keys.compactMap { book.latest($0) }.filter(\.isOpen).map(\.id)
    }

    /// Everyone who is not protected as they should be: those whom nobody hears at all, then whom nobody observed, then the others.
    ///
    /// - Parameters:
    ///   - standing: since when what makes devices unheard or unbelieved holds, whatever became of its alert.
    ///   - deafSources: those that are down and without which a device is not heard.
    ///   - givesSigns: whether a device has told of people, and not of others or of smoke alone.
    ///   - gap: for how long nobody observed a resident who was not heard or seen since.
    func blindList(
        _ household: Household, standing: [AlertKey: EngineTime], deafSources: (DeviceID) -> [SourceID],
        givesSigns: (DeviceID) -> Bool, gap: (ResidentID) -> UnobservedGap?
    ) -> [Blindness] {
        func outages(of device: DeviceID) -> [Outage] { self.outages(of: device, household, standing, deafSources) }
        let all = household.registry.residents.compactMap { resident -> Blindness? in
            let blind = household.devices(of: resident.id).compactMap { device -> (DeviceID, [Outage])? in
                let outages = outages(of: device)
                return outages.isEmpty ? nil : (device, outages)
            }
            let gap = gap(resident.id)
            guard let first = blind.compactMap({ $0.1.map(\.since).min() }).min() ?? gap?.from else { return nil }
            // Since when each was out; nothing is left to hear them by when that is so of all.
            let eyes = household.eyes(of: resident.id).filter(givesSigns).map { outages(of: $0).map(\.since).min() }
            let isWhole = !eyes.isEmpty && eyes.allSatisfy { $0 != nil }
            var seen: Set<AlertID> = []
            return Blindness(
                resident: resident.id, devices: blind.map(\.0),
                causes: blind.flatMap(\.1).compactMap(\.alert).filter { seen.insert($0).inserted },
                since: isWhole ? eyes.compactMap { $0 }.max() ?? first : first, isWhole: isWhole, unobserved: gap)
        }
        let others = all.filter { !$0.isWhole }
        return all.filter(\.isWhole) + others.filter { $0.unobserved != nil } + others.filter { $0.unobserved == nil }
    }

    /// What keeps a device from being heard or believed. Whoever closes an alert about it has not mended it.
    private func outages(
        of device: DeviceID, _ household: Household, _ standing: [AlertKey: EngineTime], _ deafSources: (DeviceID) -> [SourceID]
    ) -> [Outage] {
        let above = [device] + household.bridges(above: device)
        let keys = above.flatMap { device in [Self.offline, Self.silent].map { AlertKey(kind: $0, subject: .device(device)) } }
        let sources = sources(of: device, household).map { outage(SourceWatch.key($0), standing) }
        let deaf = sources.allSatisfy { $0 != nil } ? sources.compactMap { $0 } : []
        let own = deaf.isEmpty ? deafSources(device).compactMap { outage(SourceWatch.key($0), standing) } : []
        // Nobody is spared a call for that: whoever sends what is refused would decide it.
        let refused = [CounterWatch.reset.kind, KeyWatch.wrong.kind].map { AlertKey(kind: $0, subject: .device(device)) }
        return (keys + refused).compactMap { outage($0, standing) } + deaf + own
    }

    private func outage(_ key: AlertKey, _ standing: [AlertKey: EngineTime]) -> Outage? {
        if let alert = book.latest(key), alert.isStanding { return Outage(since: alert.raisedAt, alert: alert.id) }
        return standing[key].map { Outage(since: $0, alert: nil) }
    }

    /// Something is out.
    private struct Outage {
        let since: EngineTime
        /// The open alert about it; nil where a human has closed it.
        let alert: AlertID?
    }
}

extension Alert {
    /// It says that something is out which others hang on.
    var isCausing: Bool {
        let kinds = [DeviceDetector.silent.kind, DeviceDetector.offline.kind, SourceWatch.down.kind]
        return isStanding && kinds.contains(key.kind)
    }

    fileprivate var isStanding: Bool { isOpen && condition != .cleared }

    var isSilenced: Bool { holds.contains { if case .silenced = $0 { true } else { false } } }
}
