import VigilCore

extension RegistryCrossCheck {
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

    /// Whether anybody whom the registry knows ever stands in it; a roster that could not be read whole may hold somebody.
    func hasSomebody(_ id: RosterID) -> Bool {
        guard isWhole("rosters") else { return true }
        return configuration.rosters.contains { $0.id == id && $0.shifts.contains { $0.contacts.contains(where: isContact) } }
    }

    private func check(_ contacts: [ContactID], _ path: String) {
        for (index, id) in contacts.enumerated() where !isContact(id) {
            let hint = SettingFault.hint(id.rawValue, among: registry.contacts.map(\.id.rawValue))
            let message = "the registry has no contact \(SettingFault.quoted(id.rawValue))\(hint), and nobody would stand there"
            fault("\(path).contacts[\(index)]", message)
        }
    }
}
