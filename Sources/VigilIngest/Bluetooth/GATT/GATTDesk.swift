import VigilCore

/// The connections to bound devices: takes what adapters tell, and says what to do with them and what was heard.
///
/// Whoever drives the adapters passes every event in, performs the orders, and calls `advance` at `deadline` at the latest. It belongs to
/// the thread that does so.
struct GATTDesk {
    enum Order: Hashable, Sendable {
        case connect(BluetoothPeer, adapter: Int)
        case disconnect(BluetoothAddress, adapter: Int)
        case send([UInt8], BluetoothAddress, adapter: Int)
        /// A value of a characteristic, to be handed over as a frame.
        case value(BluetoothFrame, [UInt8], adapter: Int)
    }

    /// Adapters hold more, but connections take air time from the scan.
    static let usualSlots = 3

    /// Adapters of which nothing that is told will be stored: indications are confirmed at once, because a device that waits for it says
    /// nothing else.
    private var unreleased: Set<Int> = []
    private var plan: ConnectionPlan
    private var bound: [BluetoothAddress: BoundBluetoothDevice] = [:]
    private var clients: [BluetoothAddress: GATTClient] = [:]
    private var adapters: [BluetoothAddress: Int] = [:]
    private var subscribed: [BluetoothAddress: [BluetoothUUID]] = [:]
    /// Why we are closing a connection.
    private var failures: [BluetoothAddress: GATTFailure] = [:]

    init(slots: Int = Self.usualSlots) { plan = ConnectionPlan(slots: slots) }

    /// What people can see, by address.
    var connections: [BluetoothConnectionStatus] {
        plan.devices.map { address, device in device.status(of: address, characteristics: subscribed[address] ?? []) }
            .sorted { $0.address < $1.address }
    }

    /// When `advance` has something to do although nothing happened.
    func deadline(after time: BootTime) -> BootTime? {
        (clients.values.compactMap(\.deadline) + [plan.deadline(after: time)].compactMap(\.self)).min()
    }

    /// The bound devices, all of them; others are let go by the next `advance`.
    mutating func bind(_ devices: [BoundBluetoothDevice]) {
        bound = Dictionary(devices.map { ($0.address, $0) }) { first, _ in first }
        plan.bind(devices)
    }

    mutating func take(
        _ event: BluetoothEvent, from adapter: Int, at time: BootTime, using random: inout some RandomNumberGenerator
    ) -> [Order] {
        switch event {
        case .report(let address, let advertisement): hear(address, advertisement, on: adapter, at: time)
        case .connected(let address): return open(address, on: adapter, at: time)
        case .closed(let address, let reason):
            let failure = failures.removeValue(forKey: address)
            forget(address)
            plan.closed(address, failure.map { .failed($0) } ?? .lost(reason), at: time, using: &random)
        case .received(let address, let pdu):
            guard let actions = clients[address]?.received(pdu, at: time) else { break }
            return obey(actions, of: address, at: time) + (unreleased.contains(adapter) ? confirm(address) : [])
        case .failed:
            for (address, used) in adapters where used == adapter { forget(address) }
            plan.adapterIsGone(adapter, at: time)
        case .ready, .skipped: break
        }
        return []
    }

    /// What is due.
    mutating func advance(to time: BootTime) -> [Order] {
        var orders: [Order] = []
        for address in clients.keys.sorted() {
            if let actions = clients[address]?.advance(to: time) { orders += obey(actions, of: address, at: time) }
        }
        return orders + plan.advance(to: time).map(Self.order)
    }

    /// What an adapter tells from here on will be stored.
    mutating func store(from adapter: Int) { unreleased.remove(adapter) }

    /// Everything that was told by an adapter is stored.
    mutating func release(from adapter: Int) -> [Order] {
        clients.keys.sorted().filter { adapters[$0] == adapter }.flatMap { confirm($0) }
    }

    /// Nothing can be stored of what an adapter tells.
    mutating func readOn(from adapter: Int) -> [Order] {
        unreleased.insert(adapter)
        return release(from: adapter)
    }

    /// A value that was told is lost: its device must not be let go on as if it had been stored.
    mutating func lose(_ address: BluetoothAddress, at time: BootTime) -> [Order] {
        clients[address] = nil
        return giveUp(address, GATTFailure(kind: .passing, words: "what it said could not be stored"), at: time)
    }

    // MARK: Events

    private mutating func hear(_ address: BluetoothAddress, _ advertisement: Advertisement, on adapter: Int, at time: BootTime) {
        guard bound[address] != nil else { return }
        if let purpose = AdvertisedServices.purpose(in: advertisement.data) { plan.advertised(address, purpose) }
        guard advertisement.properties.contains(.isConnectable) else { return }
        let peer = BluetoothPeer(address: address, isRandomAddress: advertisement.properties.contains(.isRandomAddress))
        plan.heard(peer, adapter: adapter, at: time)
    }

    private mutating func open(_ address: BluetoothAddress, on adapter: Int, at time: BootTime) -> [Order] {
        // An attempt that was given up may have succeeded meanwhile: its end is on the way.
        guard plan.devices[address]?.phase.isConnecting == true else { return [] }
        plan.connected(address, at: time)
        adapters[address] = adapter
        let wanted = (bound[address]?.services ?? []).map { WantedService.vendor($0) } + WantedService.standard
        var client = GATTClient(wanted: wanted, at: time)
        let actions = client.start(at: time)
        clients[address] = client
        return obey(actions, of: address, at: time)
    }

    private mutating func forget(_ address: BluetoothAddress) {
        clients[address] = nil
        adapters[address] = nil
        failures[address] = nil
        subscribed[address] = nil
    }

    // MARK: Actions

    private mutating func obey(_ actions: [GATTClient.Action], of address: BluetoothAddress, at time: BootTime) -> [Order] {
        guard let adapter = adapters[address] else { return [] }
        var orders: [Order] = []
        for action in actions {
            switch action {
            case .send(let pdu): orders.append(.send(pdu, address, adapter: adapter))
            case .value(let uuid, let value):
                if !WantedService.isBeside(uuid) { plan.measured(address, at: time) }
                orders.append(.value(frame(uuid, of: address), value, adapter: adapter))
            case .subscribed(let uuid): subscribed[address, default: []].append(uuid)
            case .finished(listens: true): break
            case .finished(listens: false):
                orders += giveUp(address, GATTFailure(kind: .unsuitable, words: "nothing can be subscribed; it was read"), at: time)
            case .failed(let failure): orders += giveUp(address, failure, at: time)
            }
        }
        return orders
    }

    private func frame(_ characteristic: BluetoothUUID, of address: BluetoothAddress) -> BluetoothFrame {
        let device = bound[address]
        let isVendors = device?.services.contains { $0.characteristics.contains(characteristic) } ?? false
        return .value(address, characteristic: characteristic.description, profile: isVendors ? device?.profile : nil)
    }

    private mutating func giveUp(_ address: BluetoothAddress, _ failure: GATTFailure, at time: BootTime) -> [Order] {
        guard let order = plan.giveUp(address, at: time) else { return [] }
        failures[address] = failure
        return [Self.order(order)]
    }

    private mutating func confirm(_ address: BluetoothAddress) -> [Order] {
        guard let adapter = adapters[address], let actions = clients[address]?.confirm() else { return [] }
        return actions.compactMap { if case .send(let pdu) = $0 { .send(pdu, address, adapter: adapter) } else { nil } }
    }

    private static func order(_ order: ConnectionPlan.Order) -> Order {
        switch order {
        case .connect(let peer, let adapter): .connect(peer, adapter: adapter)
        case .disconnect(let address, let adapter): .disconnect(address, adapter: adapter)
        }
    }
}
