import VigilCore

/// The checks between registry and configuration.
struct RegistryCrossCheck {
    let registry: Registry
    let configuration: Configuration
    let places: [String: Setting.Mark]
    let faults: FaultList

    /// Every way to reach somebody leads through a configured channel.
    func checkMethods(_ addressFault: (ChannelID, String) -> String?) {
        let channels = configuration.channels.map(\.id)
        for (index, contact) in registry.contacts.enumerated() {
            for (place, method) in contact.methods.enumerated() {
                let path = "contacts[\(index)].methods[\(place)]"
                if !channels.contains(method.channel) {
                    let name = method.channel.rawValue
                    let hint = SettingFault.hint(name, among: channels.map(\.rawValue))
                    let advice = hint.isEmpty ? "; write it under channels in the configuration" : hint
                    fault("\(path).channel", "unknown channel \(SettingFault.quoted(name))\(advice)")
                } else if let words = addressFault(method.channel, method.address) {
                    fault("\(path).address", words)
                }
            }
        }
    }

    /// Whom the policies in force name, somebody is.
    func checkRecipients() {
        var vacant: [ContactRole: (grids: [GridID], policies: [PolicyID])] = [:]
        for policy in policiesInForce {
            for (index, step) in policy.steps.enumerated() {
                for recipient in step.notify {
                    switch recipient {
                    case .contact(let id) where !registry.contacts.contains { $0.id == id }:
                        let hint = SettingFault.hint(id.rawValue, among: registry.contacts.map(\.id.rawValue))
                        let message = "the registry has no contact \(SettingFault.quoted(id.rawValue))\(hint), and nobody is told"
                        fault("policies.\(policy.id).steps[\(index)].notify", message, .warning)
                    case .role(let role) where role != .family:
                        let grids = registry.community.grids.map(\.id).filter { !holds(role, in: $0) }
                        guard !grids.isEmpty else { continue }
                        let known = vacant[role]?.policies ?? []
                        vacant[role] = (grids, known.contains(policy.id) ? known : known + [policy.id])
                    default: continue
                    }
                }
            }
        }
        for (role, gap) in vacant.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let grids = gap.grids.map(\.rawValue).joined(separator: ", ")
            let policies = gap.policies.map(\.rawValue).joined(separator: ", ")
            let message = "nobody is \(role.rawValue) for grid \(grids), named by policy \(policies); register a contact with this role"
            fault("contacts", message, .warning)
        }
    }

    /// Whoever stands in a roster is somebody.
    func checkRosters() {
        for (index, roster) in configuration.rosters.enumerated() {
            for (place, shift) in roster.shifts.enumerated() { check(shift.contacts, "rosters[\(index)].shifts[\(place)]") }
            for (place, override) in roster.overrides.enumerated() { check(override.contacts, "rosters[\(index)].overrides[\(place)]") }
            for (place, holiday) in roster.holidays.enumerated() {
                guard case .shifts(let shifts) = holiday.plan else { continue }
                for (number, shift) in shifts.enumerated() {
                    check(shift.contacts, "rosters[\(index)].holidays[\(place)].shifts[\(number)]")
                }
            }
        }
    }

    private func check(_ contacts: [ContactID], _ path: String) {
        for (index, id) in contacts.enumerated() where !registry.contacts.contains(where: { $0.id == id }) {
            let hint = SettingFault.hint(id.rawValue, among: registry.contacts.map(\.id.rawValue))
            let message = "the registry has no contact \(SettingFault.quoted(id.rawValue))\(hint), and nobody would stand there"
            fault("\(path).contacts[\(index)]", message)
        }
    }

    /// The last step is never nobody: in every grid, whatever the family is.
    func checkLastSteps() {
        for policy in policiesInForce {
            guard let last = policy.steps.last else { continue }
            for grid in registry.community.grids where !last.notify.contains(where: { reaches($0, in: grid.id) }) {
                let message =
                    "nobody answers the last step of policy \(policy.id) in grid \(grid.id); register a contact with one of its roles, "
                    + "or name a contact:ID there"
                fault("policies.\(policy.id).steps[\(policy.steps.count - 1)].notify", message)
            }
        }
    }

    /// Rules that are about somebody are about somebody who exists.
    func checkScopes() {
        for rule in configuration.rules {
            let unknown: [String]
            switch rule.scope {
            case .all: continue
            case .grids(let ids):
                let known = Set(registry.community.grids.map(\.id))
                unknown = ids.filter { !known.contains($0) }.map { "grid \(SettingFault.quoted($0.rawValue))" }
            case .residents(let ids):
                let known = Set(registry.residents.map(\.id))
                unknown = ids.filter { !known.contains($0) }.map { "resident \(SettingFault.quoted($0.rawValue))" }
            }
            for name in unknown {
                fault("rules.\(rule.id).scope", "the registry has no \(name); the rule watches nobody there, correct the id", .warning)
            }
        }
    }

    /// Devices that nobody listens to.
    func checkDialects() {
        let heard = Set(configuration.routes.map(\.dialect))
        var told: Set<Dialect> = []
        for (index, device) in registry.devices.enumerated() {
            let dialect = device.address.dialect
            guard !heard.contains(dialect), told.insert(dialect).inserted else { continue }
            let count = registry.devices.count { $0.address.dialect == dialect }
            let message =
                "no broker subscribes to topics of dialect \(SettingFault.quoted(dialect.rawValue)), so \(count) devices are not heard; "
                + "add a topic to a broker"
            fault("devices[\(index)].dialect", message, .warning)
        }
    }

    private var policiesInForce: [EscalationPolicy] {
        let used = Set(configuration.policyBySeverity.map(\.policy) + [configuration.technicalPolicy])
        return configuration.policies.filter { used.contains($0.id) }
    }

    private func holds(_ role: ContactRole, in grid: GridID) -> Bool {
        registry.contacts.contains { $0.role == role && ($0.grids.isEmpty || $0.grids.contains(grid)) }
    }

    private func reaches(_ recipient: Recipient, in grid: GridID) -> Bool {
        switch recipient {
        case .contact(let id): registry.contacts.contains { $0.id == id }
        case .roster(let id): configuration.rosters.contains { $0.id == id && hasSomebody($0) }
        case .role(.family): false
        case .role(let role): holds(role, in: grid)
        }
    }

    private func hasSomebody(_ roster: Roster) -> Bool {
        roster.shifts.contains { shift in shift.contacts.contains { id in registry.contacts.contains { $0.id == id } } }
    }

    private func fault(_ path: String, _ message: String, _ weight: SettingFault.Weight = .error) {
        faults.add(SettingFault(weight, mark: places[path] ?? configuration.places[path], path: path, message: message))
    }
}
