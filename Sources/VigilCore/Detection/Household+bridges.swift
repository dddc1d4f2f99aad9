// Who is heard through whom.

extension Household {
    /// The bridge of each device: the one that it names, or else the one below whose name it stands, as Zigbee2MQTT names them
    /// (`upstairs/z2m/bridge` and `upstairs/z2m/kitchen`; `bridge` and `kitchen` below the usual base).
    static func bridges(of devices: [Device]) -> [DeviceID: DeviceID] {
        let bridges = devices.filter { $0.liveness == .bridge && $0.address.name.hasSuffix("bridge") }
        let pairs = devices.compactMap { device -> (DeviceID, DeviceID)? in
            if let via = device.via { return (device.id, via) }
            guard device.liveness != .bridge else { return nil }
            let above = bridges.filter { bridge in
                bridge.address.dialect == device.address.dialect
                    && device.address.name.hasPrefix(bridge.address.name.dropLast("bridge".count))
            }
            // The longest base is the nearest.
            let nearest = above.max { ($0.address.name.count, $0.id) < ($1.address.name.count, $1.id) }
            return nearest.map { (device.id, $0.id) }
        }
        return Dictionary(pairs) { first, _ in first }
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
