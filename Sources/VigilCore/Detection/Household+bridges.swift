// Who is heard through whom.

extension Household {
    /// The dialect whose bridge stands beside its devices: `up/bridge` and `up/kitchen`, or `bridge` and `kitchen`.
    private static let besideItsDevices: Dialect = "zigbee2mqtt"

    /// The bridge of each device: the one that it names, or else the one below whose name it stands (`zb` and `zb/Kitchen`).
    static func bridges(of devices: [Device]) -> [DeviceID: DeviceID] {
        let bases = devices.filter { $0.liveness == .bridge }.compactMap { bridge in base(of: bridge.address).map { ($0, bridge) } }
        let pairs = devices.compactMap { device -> (DeviceID, DeviceID)? in
            if let via = device.via { return (device.id, via) }
            guard device.liveness != .bridge else { return nil }
            let above = bases.filter { base, bridge in
                bridge.address.dialect == device.address.dialect && device.address.name.hasPrefix(base)
            }
            // The longest base is the nearest.
            return above.max { ($0.0.count, $0.1.id) < ($1.0.count, $1.1.id) }.map { (device.id, $0.1.id) }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// What the names of a bridge's devices begin with; nil where names tell nothing.
    private static func base(of bridge: DeviceAddress) -> String? {
        guard bridge.dialect == besideItsDevices else { return "\(bridge.name)/" }
        guard bridge.name == "bridge" || bridge.name.hasSuffix("/bridge") else { return nil }
        return String(bridge.name.dropLast("bridge".count))
    }

    /// The bridges that a device is heard through, nearest first. A ring of them, which an import refuses, ends where it closes.
    func bridges(above device: DeviceID) -> [DeviceID] {
        var chain: [DeviceID] = []
        var next = bridge(of: device)
        while let bridge = next, bridge != device, !chain.contains(bridge) {
            chain.append(bridge)
            next = self.bridge(of: bridge)
        }
        return chain
    }

    /// Every device that is heard through a bridge, in no special order but always the same.
    func devices(below bridge: DeviceID) -> [DeviceID] {
        var found: [DeviceID] = []
        var seen: Set<DeviceID> = [bridge]
        var next = directlyBelow(bridge)
        while let device = next.popLast() {
            guard seen.insert(device).inserted else { continue }
            found.append(device)
            next += directlyBelow(device)
        }
        return found
    }

    /// What gives signs of life of a resident: what only ever speaks when something happens gives none.
    func eyes(of resident: ResidentID) -> [DeviceID] {
        devices(of: resident).filter { id in device(id).map { $0.liveness != .oneWay } ?? false }
    }
}
