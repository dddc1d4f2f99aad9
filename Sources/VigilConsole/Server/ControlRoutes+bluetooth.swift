import Hummingbird
import VigilCore

extension ControlRoutes {
    /// Who is heard over the air: those that are registered or understood, or all; or one, by id or address.
    func hearBluetooth(_ request: Request) async throws -> Response {
        let query = Query(request)
        let limit = try query.number("limit", in: ListLimit.range) ?? 1000
        let showsAll = try query.choice("all", Truth.self) == .true
        let device = query.text("device")
        try query.finish(known: ["limit", "all", "device"])
        var report = services.bluetooth()
        if let device {
            report.peers = report.peers.filter { $0.device?.rawValue == device || $0.address == device.uppercased() }
            if report.peers.isEmpty { try await refuseUnknown(device) }
        } else if !showsAll {
            report.peers = report.peers.filter { $0.isUnderstood || $0.device != nil }
        }
        // Whoever invents addresses must not crowd out registered devices. Those without a strength last; of equals the one with the lower address
        // first, so that lists stay as they are.
        report.peers.sort { a, b in
            if (a.device == nil) != (b.device == nil) { return a.device != nil }
            let (strengthA, strengthB) = (a.level ?? -.infinity, b.level ?? -.infinity)
            return strengthA == strengthB ? a.address < b.address : strengthA > strengthB
        }
        report.further = max(0, report.peers.count - limit)
        report.peers = Array(report.peers.prefix(limit))
        return try .json(report)
    }

    private enum Truth: String, CaseIterable {
        case `true`, `false`
    }

    /// One that is registered, or an address, is only silent; anything else was mistyped.
    private func refuseUnknown(_ device: String) async throws {
        guard BluetoothAddress(device) == nil else { return }
        let registry = try await deviceFacts().registry
        if !registry.devices.contains(where: { $0.id.rawValue == device }) { throw Self.unknown(DeviceID(device)) }
    }
}

extension BluetoothReport.Peer {
    fileprivate var level: Double? { smoothedStrength ?? strength.map(Double.init) }
}
