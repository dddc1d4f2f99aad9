import VigilCore

/// Who of the bound devices is connected, and when: pure, told what happens and what time it is.
///
/// Only a bound device that was heard connectable lately is connected, one at a time on each adapter. Where there are more devices than
/// connections, whoever had its turn longest ago comes next, and whoever is connected gives way after its turn, or as soon as it is quiet. A
/// failed attempt counts as a turn, so a failing device starves nobody. A device that measures on occasion advertises for seconds after it
/// was used: it comes first, and a turn is short for it.
struct ConnectionPlan {
    enum Order: Hashable, Sendable {
        case connect(BluetoothPeer, adapter: Int)
        case disconnect(BluetoothAddress, adapter: Int)
    }

    /// Why a connection stands no more.
    enum Ending: Hashable, Sendable {
        /// The link is gone, or could not be made. Words for people.
        case lost(String)
        /// We closed it, for what it said or did.
        case failed(GATTFailure)
    }

    /// A device that was not heard for so long is not there: an attempt would take the adapter's time and fail.
    static let freshness = Milliseconds.seconds(15)
    /// Who advertises is connected at its next advertisement, within some seconds even of the slowest.
    static let connectTimeout = Milliseconds.seconds(10)
    /// How long a device keeps its connection while others wait: some tens of pulses.
    static let turn = Milliseconds.seconds(60)
    /// The same while a device waits that measures on occasion.
    static let shortTurn = Milliseconds.seconds(10)
    /// Whoever has measured nothing for so long gives way to those who wait.
    static let quiet = Milliseconds.seconds(20)
    /// After a turn a device that measures on occasion waits like all others for so long: some advertise all the time.
    static let occasionEvery = Milliseconds.minutes(5)

    private(set) var devices: [BluetoothAddress: PlannedDevice] = [:]
    /// Connections that each adapter holds.
    private let slots: Int

    init(slots: Int) { self.slots = slots }

    // MARK: What happens

    /// Whoever is not among them any more is let go.
    mutating func bind(_ bound: [BoundBluetoothDevice]) {
        let kept = Dictionary(bound.map { ($0.address, $0) }) { first, _ in first }
        for address in devices.keys where kept[address] == nil {
            if devices[address]?.phase == .idle { devices[address] = nil } else { devices[address]?.isBound = false }
        }
        for (address, device) in kept {
            devices[address, default: PlannedDevice()].isBound = true
            devices[address]?.isNamed = !device.services.isEmpty
        }
    }

    /// A connectable advertisement.
    mutating func heard(_ peer: BluetoothPeer, adapter: Int, at time: BootTime) {
        devices[peer.address]?.heard(peer, adapter: adapter, at: time)
    }

    /// It advertised a service that measures, be it beside the advertisement that is connectable.
    mutating func advertised(_ address: BluetoothAddress, _ purpose: WantedService.Purpose) { devices[address]?.advertised(purpose) }

    mutating func connected(_ address: BluetoothAddress, at time: BootTime) {
        guard devices[address]?.phase.isConnecting == true else { return }
        devices[address]?.connected(at: time)
    }

    /// It measured something.
    mutating func measured(_ address: BluetoothAddress, at time: BootTime) { devices[address]?.valueAt = time }

    /// - Parameter random: of the jitter that keeps devices from coming back all at once.
    mutating func closed(
        _ address: BluetoothAddress, _ ending: Ending, at time: BootTime, using random: inout some RandomNumberGenerator
    ) {
        guard devices[address]?.isBound == true else {
            devices[address] = nil
            return
        }
        devices[address]?.closed(ending, at: time, using: &random)
    }

    /// All its connections went with it; nobody is to blame.
    mutating func adapterIsGone(_ adapter: Int, at time: BootTime) {
        for (address, device) in devices where device.adapter == adapter {
            if device.isBound { devices[address]?.interrupt(at: time) } else { devices[address] = nil }
        }
    }

    /// Closes a connection that is of no use; nil where there is none.
    mutating func giveUp(_ address: BluetoothAddress, at time: BootTime) -> Order? {
        guard let device = devices[address], let adapter = device.adapter, device.phase != .idle, !device.phase.isClosing else {
            return nil
        }
        devices[address]?.phase = .closing(since: time, gaveWay: false)
        return .disconnect(address, adapter: adapter)
    }

    // MARK: What to do

    /// What is due. To be called after anything happened, and at `deadline`.
    mutating func advance(to time: BootTime) -> [Order] {
        var orders: [Order] = []
        for address in devices.keys.sorted() {
            if devices[address]?.isOverdue(at: time) == true, let order = giveUp(address, at: time) { orders.append(order) }
        }
        for adapter in Set(devices.values.compactMap(\.adapter)).sorted() {
            if let order = next(on: adapter, at: time) { orders.append(order) }
        }
        return orders
    }

    /// When `advance` has something to do although nothing happened.
    func deadline(after time: BootTime) -> BootTime? {
        var deadlines = devices.values.compactMap { $0.overdueAt }
        for adapter in Set(devices.values.compactMap(\.adapter)) {
            let waiting = devices.values.filter { $0.adapter == adapter && $0.isWaiting(at: time) }
            deadlines += waiting.map(\.notBefore)
            guard let first = waiting.min(by: { $0.comesBefore($1, at: time) }), first.notBefore <= time else { continue }
            deadlines += devices.values.filter { $0.adapter == adapter }.compactMap {
                $0.givesWayAt(forOccasion: first.isUrgent(at: time))
            }
        }
        return deadlines.filter { $0 > time }.min()
    }

    /// One step on an adapter: a connection for whoever waits longest, or somebody gives way to it.
    private mutating func next(on adapter: Int, at time: BootTime) -> Order? {
        let here = devices.filter { $0.value.adapter == adapter }
        guard !here.values.contains(where: { $0.phase.isConnecting || $0.phase.isClosing }),
            let (address, device) = here.filter({ $0.value.isWaiting(at: time) && $0.value.notBefore <= time }).min(by: { a, b in
                a.value.comesBefore(b.value, at: time) || (!b.value.comesBefore(a.value, at: time) && a.key < b.key)
            })
        else { return nil }
        if here.values.count(where: { $0.phase != .idle }) < slots {
            devices[address]?.phase = .connecting(since: time)
            return .connect(
                BluetoothPeer(address: address, isRandomAddress: device.isRandomAddress, isEncrypted: device.needsEncryption),
                adapter: adapter)
        }
        let isOccasion = device.isUrgent(at: time)
        let ready = here.compactMap { address, device in device.givesWayAt(forOccasion: isOccasion).map { (at: $0, address: address) } }
        // Whoever could have given way longest ago.
        guard let first = ready.filter({ $0.at <= time }).min(by: { ($0.at, $0.address) < ($1.at, $1.address) }) else { return nil }
        devices[first.address]?.phase = .closing(since: time, gaveWay: true)
        return .disconnect(first.address, adapter: adapter)
    }
}
