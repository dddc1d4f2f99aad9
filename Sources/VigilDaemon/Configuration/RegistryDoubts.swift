import VigilCore

/// What a faulty registry leaves open: what could not be read is not called missing as well, for it may be what somebody looks for.
struct RegistryDoubts {
    /// Whether there may be more ids than were read.
    let grids: Bool
    let dwellings: Bool
    let residents: Bool
    let contacts: Bool
    let devices: Bool
    /// Whether there may be contacts of whom nothing was read.
    let contactList: Bool
    /// Whether residents may name more contacts than were read.
    let families: Bool
    private let openRoles: Set<Int>
    private let openGrids: Set<Int>
    private let openLiveness: Set<Int>
    private let paths: FaultPaths

    init(_ registry: Registry, places: [String: Setting.Mark] = [:], faults: FaultList = FaultList()) {
        let paths = FaultPaths(faults)
        let contacts = registry.contacts
        grids = paths.stand(around: "community.grids") || registry.community.grids.contains { $0.id.rawValue.isEmpty }
        dwellings = paths.stand(around: "community") || paths.stand(inside: "community")
        residents = paths.stand(around: "residents") || registry.residents.contains { $0.id.rawValue.isEmpty }
        contactList = paths.stand(around: "contacts")
        self.contacts = contactList || contacts.contains { $0.id.rawValue.isEmpty }
        devices = paths.stand(around: "devices") || registry.devices.contains { $0.id.rawValue.isEmpty }
        families =
            paths.stand(around: "residents")
            || registry.residents.enumerated().contains { index, resident in
                let path = "residents[\(index)]"
                return paths.stand(inside: "\(path).contacts") || resident.contacts.isEmpty && paths.stand(at: path)
            }
        func isOpen(_ key: String, of path: String) -> Bool {
            paths.stand(at: "\(path).\(key)") || places["\(path).\(key)"] == nil && paths.stand(at: path)
        }
        openRoles = Set(contacts.indices.filter { isOpen("role", of: "contacts[\($0)]") })
        openLiveness = Set(registry.devices.indices.filter { isOpen("liveness", of: "devices[\($0)]") })
        openGrids = Set(contacts.indices.filter { paths.stand(inside: "contacts[\($0)].grids") })
        self.paths = paths
    }

    /// Whether a contact may have any role, because its own could not be read.
    func isRoleOpen(_ contact: Int) -> Bool { openRoles.contains(contact) }

    /// Whether a device may be a bridge, because its liveness could not be read.
    func isLivenessOpen(_ device: Int) -> Bool { openLiveness.contains(device) }

    /// Whether a contact may answer for any grid, because its own could not be read.
    func isGridOpen(_ contact: Int) -> Bool { openGrids.contains(contact) }

    /// Whether the value at a path is a fault already.
    func isRefused(_ path: String) -> Bool { paths.stand(at: path) }
}
