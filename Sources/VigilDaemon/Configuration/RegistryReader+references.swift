import VigilCore

extension RegistryReader {
    /// Names that stand twice, and names that lead nowhere.
    func checkReferences(_ registry: Registry, _ doubts: RegistryDoubts) {
        let grids = registry.community.grids
        let dwellings = Known(names: checkPlaces(grids), isWhole: !doubts.dwellings)
        let residents = Known(
            names: unique("resident", registry.residents.enumerated().map { ($1.id.rawValue, "residents[\($0)].id") }),
            isWhole: !doubts.residents)
        let contacts = Known(
            names: unique("contact", registry.contacts.enumerated().map { ($1.id.rawValue, "contacts[\($0)].id") }),
            isWhole: !doubts.contacts)
        _ = unique("device", registry.devices.enumerated().map { ($1.id.rawValue, "devices[\($0)].id") })
        for (index, resident) in registry.residents.enumerated() {
            let path = "residents[\(index)]"
            if dwellings.names.contains(resident.id.rawValue) {
                fault("\(path).id", "a dwelling has this id too, and their alerts would get the same names; rename one of them")
            }
            check(resident.dwelling.rawValue, "dwelling", among: dwellings, "\(path).dwelling")
            for (place, contact) in resident.contacts.enumerated() {
                check(contact.rawValue, "contact", among: contacts, "\(path).contacts", element: place)
                if resident.contacts.prefix(place).contains(contact) {
                    fault("\(path).contacts[\(place)]", "\(SettingFault.quoted(contact.rawValue)) stands here twice; keep one of them")
                }
            }
        }
        checkBridges(registry.devices, doubts)
        checkDevices(registry.devices, dwellings: dwellings, residents: residents)
        checkContacts(registry, grids: Known(names: Set(grids.map(\.id.rawValue)), isWhole: !doubts.grids), doubts)
    }

    /// What may be referred to.
    private struct Known {
        var names: Set<String>
        /// Whether nothing else can be meant.
        var isWhole: Bool
    }

    private func checkPlaces(_ grids: [Grid]) -> Set<String> {
        _ = unique("grid", grids.enumerated().map { ($1.id.rawValue, "community.grids[\($0)].id") })
        var buildings: [(String, String)] = []
        var dwellings: [(String, String)] = []
        for (g, grid) in grids.enumerated() {
            for (b, building) in grid.buildings.enumerated() {
                let path = "community.grids[\(g)].buildings[\(b)]"
                buildings.append((building.id, "\(path).id"))
                _ = unique("unit of this building", building.units.enumerated().map { ($1.id, "\(path).units[\($0)].id") })
                for (u, unit) in building.units.enumerated() {
                    dwellings += unit.dwellings.enumerated().map { ($1.id.rawValue, "\(path).units[\(u)].dwellings[\($0)].id") }
                }
            }
        }
        _ = unique("building", buildings)
        return unique("dwelling", dwellings)
    }

    private func checkDevices(_ devices: [Device], dwellings: Known, residents: Known) {
        var addresses: [DeviceAddress: Int] = [:]
        for (index, device) in devices.enumerated() {
            let path = "devices[\(index)]"
            if let dwelling = device.dwelling, places["\(path).dwelling"] != nil {
                check(dwelling.rawValue, "dwelling", among: dwellings, "\(path).dwelling")
            }
            if let resident = device.resident { check(resident.rawValue, "resident", among: residents, "\(path).resident") }
            guard !device.address.name.isEmpty else { continue }
            if let first = addresses[device.address] {
                let other = SettingFault.quoted(devices[first].id.rawValue)
                let place = line("devices[\(first)].address")
                fault("\(path).address", "device \(other) has this address already\(place); a device is bound once, remove one of them")
            } else {
                addresses[device.address] = index
            }
        }
    }

    /// What a device names as the one that it is heard through is one, and none is heard through itself in the end.
    private func checkBridges(_ devices: [Device], _ doubts: RegistryDoubts) {
        let byID = Dictionary(devices.map { ($0.id, $0) }) { first, _ in first }
        let open = Set(devices.indices.filter(doubts.isLivenessOpen).map { devices[$0].id })
        let bridges = Known(
            names: Set(devices.filter { $0.liveness == .bridge || open.contains($0.id) }.map(\.id.rawValue)), isWhole: !doubts.devices)
        for (index, device) in devices.enumerated() {
            guard let via = device.via else { continue }
            let path = "devices[\(index)].via"
            if let other = byID[via], other.liveness != .bridge, !open.contains(via) {
                fault(
                    path, "device \(SettingFault.quoted(via.rawValue)) is no bridge; name one whose liveness is bridge, or remove via")
            } else {
                check(via.rawValue, "bridge", among: bridges, path)
            }
            var seen: Set<DeviceID> = []
            var next: DeviceID? = via
            while let bridge = next, bridge != device.id, seen.insert(bridge).inserted { next = byID[bridge]?.via }
            if next == device.id { fault(path, "the device would be heard through itself; remove via from one of them") }
        }
    }

    private func checkContacts(_ registry: Registry, grids: Known, _ doubts: RegistryDoubts) {
        let known = Set(registry.residents.flatMap(\.contacts))
        for (index, contact) in registry.contacts.enumerated() {
            for (place, grid) in contact.grids.enumerated() {
                check(grid.rawValue, "grid", among: grids, "contacts[\(index)].grids", element: place)
            }
            let isInDoubt = contact.id.rawValue.isEmpty || doubts.families || doubts.isRoleOpen(index)
            if contact.role == .family && !known.contains(contact.id) && !isInDoubt {
                let message = "nobody's family: no resident names this contact; write it into a resident's contacts or remove it"
                fault("contacts[\(index)].id", message)
            }
        }
    }

    private func unique(_ what: String, _ names: [(name: String, path: String)]) -> Set<String> {
        var seen: [String: String] = [:]
        for (name, path) in names where !name.isEmpty {
            if let first = seen[name] {
                fault(path, "another \(what) is called \(SettingFault.quoted(name)) already\(line(first)); give each an id of its own")
            } else {
                seen[name] = path
            }
        }
        return Set(seen.keys)
    }

    private func check(_ name: String, _ what: String, among known: Known, _ path: String, element: Int? = nil) {
        guard !name.isEmpty, known.isWhole, !known.names.contains(name) else { return }
        let hint = SettingFault.hint(name, among: Array(known.names))
        // A lone value stands for a list of one, and then has the place of the list.
        let exact = element.map { "\(path)[\($0)]" }.flatMap { places[$0] == nil ? nil : $0 } ?? path
        let advice = hint.isEmpty ? "; write the \(what) into this file first" : hint
        fault(exact, "unknown \(what) \(SettingFault.quoted(name))\(advice)")
    }

    private func fault(_ path: String, _ message: String) {
        faults.add(SettingFault(mark: places[path], path: path, message: message))
    }

    private func line(_ path: String) -> String { places[path].map { " in line \($0.line)" } ?? "" }
}
