import VigilCore

/// The checks between registry and configuration; its extensions make one part each.
struct RegistryCrossCheck {
    let registry: Registry
    let configuration: Configuration
    /// Where the values of the registry stand.
    let places: [String: Setting.Mark]
    /// What the registry leaves open.
    let doubts: RegistryDoubts
    let configurationFaults: FaultPaths
    let faults = FaultList()

    func run() -> FaultList {
        checkMethods()
        if isWhole("policies") && isWhole("severities") && isWhole("technical") {
            checkRecipients()
            checkLastSteps()
        }
        if isWhole("rosters") { checkRosters() }
        if isWhole("rules") { checkScopes() }
        if isWhole("brokers") { checkDialects() }
        if isWhole("visits") { checkRiskGroups() }
        checkProfiles()
        return faults
    }

    /// Whether a part of the configuration was read whole: what is missing in a faulty one may stand in the fault.
    func isWhole(_ part: String) -> Bool {
        !configurationFaults.stand(around: part) && !configurationFaults.stand(inside: part)
    }

    /// Every way to reach somebody leads through a configured channel.
    private func checkMethods() {
        let channels = configuration.channels.map(\.id)
        guard !configurationFaults.stand(around: "channels"), !channels.contains("") else { return }
        for (index, contact) in registry.contacts.enumerated() {
            for (place, method) in contact.methods.enumerated() where !method.channel.rawValue.isEmpty {
                let path = "contacts[\(index)].methods[\(place)]"
                if !channels.contains(method.channel) {
                    let name = method.channel.rawValue
                    let hint = SettingFault.hint(name, among: channels.map(\.rawValue))
                    let advice = hint.isEmpty ? "; write it under channels in the configuration" : hint
                    fault("\(path).channel", "unknown channel \(SettingFault.quoted(name))\(advice)")
                } else if !method.address.isEmpty, let words = configuration.addressFault(method.channel, method.address) {
                    fault("\(path).address", words)
                }
            }
        }
    }

    /// Rules that are about somebody are about somebody who exists.
    private func checkScopes() {
        for rule in configuration.rules {
            let unknown: [String]
            switch rule.scope {
            case .all: continue
            case .grids(let ids):
                let known = Set(registry.community.grids.map(\.id))
                unknown = doubts.grids ? [] : ids.filter { !known.contains($0) }.map { "grid \(SettingFault.quoted($0.rawValue))" }
            case .residents(let ids):
                let known = Set(registry.residents.map(\.id))
                unknown =
                    doubts.residents ? [] : ids.filter { !known.contains($0) }.map { "resident \(SettingFault.quoted($0.rawValue))" }
            }
            for name in unknown {
                fault("rules.\(rule.id).scope", "the registry has no \(name); the rule watches nobody there, correct the id", .warning)
            }
        }
    }

    /// Whoever is to be seen is to be seen at some time.
    private func checkRiskGroups() {
        let known = configuration.riskGroups.map(\.id.rawValue)
        for (index, resident) in registry.residents.enumerated() {
            guard let risk = resident.risk?.rawValue, !known.contains(risk) else { continue }
            let advice = "\(SettingFault.hint(risk, among: known)); or write it under visits.groups in the configuration"
            fault("residents[\(index)].risk", "unknown risk group \(SettingFault.quoted(risk))\(advice)")
        }
    }

    /// Devices that nobody listens to.
    private func checkDialects() {
        let heard = Set(configuration.routes.map(\.dialect))
        var told: Set<Dialect> = []
        for (index, device) in registry.devices.enumerated() where !doubts.isRefused("devices[\(index)].dialect") {
            let dialect = device.address.dialect
            guard !dialect.rawValue.isEmpty, !heard.contains(dialect), told.insert(dialect).inserted else { continue }
            let count = registry.devices.count { $0.address.dialect == dialect }
            let message =
                "no broker subscribes to topics of dialect \(SettingFault.quoted(dialect.rawValue)), so \(count) devices are not heard; "
                + "add a topic to a broker"
            fault("devices[\(index)].dialect", message, .warning)
        }
    }

    /// Notes a fault where its path leads, in the registry or in the configuration.
    func fault(_ path: String, _ message: String, _ weight: SettingFault.Weight = .error) {
        faults.add(SettingFault(weight, mark: places[path] ?? configuration.places[path], path: path, message: message))
    }
}
