import Logging
import VigilConsole
import VigilCore
import VigilDevices
import VigilIngest

/// The radio: listens for what the registry and the dialects know, and says what it hears. Each of its adapters is a source.
final class BluetoothReceiver: FrameSource {
    private let ids: [SourceID]
    private let source: BluetoothSource
    private let signs: BluetoothSigns
    private let profiles: [Profile]
    private let clocks: Clocks

    /// - Parameter registry: who is registered when it starts.
    init(
        configuration: BluetoothReceiverConfiguration, signs: BluetoothSigns, profiles: [Profile], registry: Registry, clocks: Clocks,
        handler: @escaping @Sendable (SourceID, SourceEvent) -> Void, logger: Logger
    ) {
        ids = configuration.sources
        self.signs = signs
        self.profiles = profiles
        self.clocks = clocks
        source = BluetoothSource(
            configuration: configuration, interest: Self.interest(signs, registry), connectingTo: Self.bound(registry, profiles),
            handler: handler, logger: logger)
    }

    var handles: [SourceHandle] {
        ids.map { [source] id in
            SourceHandle(
                listening: id, hold: { source.hold(id) }, release: { source.release(id) }, readOn: { source.readOn(id) })
        }
    }

    func start() { source.start() }
    func stop() { source.stop() }

    /// To be called every few seconds: whoever stands still is told to be down.
    func lookAfter() { source.lookAfter() }

    /// Other devices are registered from now on.
    func use(_ registry: Registry) { source.listen(for: Self.interest(signs, registry), connectingTo: Self.bound(registry, profiles)) }

    private static func interest(_ signs: BluetoothSigns, _ registry: Registry) -> BluetoothInterest {
        BluetoothInterest(
            addresses: Set(devices(registry).keys), services: signs.services, manufacturerData: signs.manufacturerData)
    }

    /// Nobody else's device is ever connected to.
    private static func bound(_ registry: Registry, _ profiles: [Profile]) -> [BoundBluetoothDevice] {
        devices(registry).sorted { $0.key < $1.key }.map { address, device in
            BoundBluetoothDevice(
                address: address, profile: device.profile, services: device.profile.flatMap { profiles.services(of: $0) } ?? [])
        }
    }

    private static func devices(_ registry: Registry) -> [BluetoothAddress: Device] {
        let devices = registry.devices.filter { $0.address.dialect == BluetoothDecoder.dialect }
        let named = devices.compactMap { device in BluetoothAddress(device.address.name).map { ($0, device) } }
        return Dictionary(named) { first, _ in first }
    }

    // MARK: What people see

    /// How a connection is; nil for one that nobody asked for yet.
    private static func words(_ connection: BluetoothConnectionStatus) -> String? {
        guard connection.since != nil else { return nil }
        return [connection.state.rawValue, connection.lastError].compactMap { $0 }.joined(separator: ": ")
    }

    /// Who was not heard for longer is not told of.
    private static let memory = Milliseconds.minutes(10)

    func report(_ registry: Registry) -> BluetoothReport {
        let status = source.status
        let boot = clocks.boot()
        let wall = clocks.wall()
        func time(_ at: BootTime) -> WallTime { WallTime(wall.rawValue - (boot - at).rawValue) }
        let devices = Self.devices(registry)
        let connections = Dictionary(status.connections.map { ($0.address, $0) }) { first, _ in first }
        return BluetoothReport(
            asOf: wall,
            adapters: status.adapters.map { adapter in
                BluetoothReport.Adapter(
                    name: adapter.name, isUp: adapter.state == .hearing, detail: adapter.reason ?? "", since: time(adapter.since),
                    reports: adapter.reports, skippedBytes: adapter.skipped, lastReportAt: adapter.heardAt.map(time))
            },
            // One that is connected says nothing to others.
            peers: status.advertisers.filter { advertiser in
                boot - advertiser.heardAt <= Self.memory || connections[advertiser.address]?.state == .connected
            }.map { advertiser in
                BluetoothReport.Peer(
                    address: advertiser.address.description, device: devices[advertiser.address]?.id, name: advertiser.name,
                    isUnderstood: advertiser.isOfInterest, strength: advertiser.signalStrength,
                    smoothedStrength: advertiser.smoothedStrength, adapter: advertiser.adapter, reports: advertiser.count,
                    lastHeardAt: time(advertiser.heardAt), connection: connections[advertiser.address].flatMap(Self.words))
            }, repeats: status.repeated, passedOver: status.uninteresting, leftOut: status.leftOut,
            leftOutRegistered: status.leftOutRegistered, lost: status.lost)
    }
}
