import VigilCore

extension RegistryCrossCheck {
    /// Whom the policies in force name, somebody is.
    func checkRecipients() {
        var vacant: [ContactRole: (grids: [GridID], policies: [PolicyID])] = [:]
        for policy in policiesInForce {
            for (index, step) in policy.steps.enumerated() {
                for (place, recipient) in step.notify.enumerated() {
                    switch recipient {
                    case .contact(let id) where !isContact(id):
                        let hint = SettingFault.hint(id.rawValue, among: registry.contacts.map(\.id.rawValue))
                        let message = "the registry has no contact \(SettingFault.quoted(id.rawValue))\(hint), and nobody is told"
                        fault("policies.\(policy.id).steps[\(index)].notify[\(place)]", message, .warning)
                    case .role(let role) where role != .family:
                        let grids = grids.filter { !holds(role, in: $0) }
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

    /// The last step is never nobody: in every grid, whatever the family is.
    func checkLastSteps() {
        for policy in policiesInForce {
            guard let last = policy.steps.last else { continue }
            let path = "policies.\(policy.id).steps[\(policy.steps.count - 1)].notify"
            // What stands in no file of the operator's is changed by writing it there.
            let isBuiltIn = configuration.places[path] == nil
            let remedy = isBuiltIn ? "write a policy \(policy.id) of your own" : "name a contact:ID there"
            for grid in grids where !last.notify.contains(where: { reaches($0, in: grid) }) {
                let message =
                    "nobody answers the last step of \(isBuiltIn ? "the built-in " : "")policy \(policy.id) in grid \(grid); "
                    + "register a contact with one of its roles, or \(remedy)"
                fault(path, message)
            }
        }
    }

    private var policiesInForce: [EscalationPolicy] {
        let used = Set(configuration.policyBySeverity.map(\.policy) + [configuration.technicalPolicy])
        return configuration.policies.filter { used.contains($0.id) }
    }

    private var grids: [GridID] { registry.community.grids.map(\.id).filter { !$0.rawValue.isEmpty } }

    func isContact(_ id: ContactID) -> Bool { doubts.contacts || registry.contacts.contains { $0.id == id } }

    private func holds(_ role: ContactRole, in grid: GridID) -> Bool {
        doubts.contactList
            || registry.contacts.enumerated().contains { index, contact in
                (contact.role == role || doubts.isRoleOpen(index))
                    && (contact.grids.isEmpty || contact.grids.contains(grid) || doubts.isGridOpen(index))
            }
    }

    private func reaches(_ recipient: Recipient, in grid: GridID) -> Bool {
        switch recipient {
        case .contact(let id): isContact(id)
        case .roster(let id): hasSomebody(id)
        case .role(.family): false
        case .role(let role): holds(role, in: grid)
        }
    }
}
