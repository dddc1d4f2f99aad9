import VigilCore

/// What a `ConnectionPlan` knows of one bound device.
struct PlannedDevice {
    enum Phase: Hashable {
        case idle
        case connecting(since: BootTime)
        case open(since: BootTime)
        /// - Parameter gaveWay: to another one; nothing went wrong.
        case closing(since: BootTime, gaveWay: Bool)

        var isConnecting: Bool { if case .connecting = self { true } else { false } }
        var isClosing: Bool { if case .closing = self { true } else { false } }
    }

    private static let firstWait = Milliseconds.seconds(5)
    private static let longestWait = Milliseconds.minutes(5)
    /// Whoever wants to be paired, by a person or by an adapter that can.
    private static let pairingWait = Milliseconds.minutes(10)
    /// There was nothing to listen to; its firmware may change, or the answer was a lie.
    private static let unsuitableWait = Milliseconds.hours(1)

    var isBound = true
    /// Its profile names services: it need not advertise a reason.
    var isNamed = false
    var phase = Phase.idle
    /// The last measured value of this connection, or of the last one.
    var valueAt: BootTime?
    private(set) var adapter: Int?
    private(set) var isRandomAddress = false
    private(set) var needsEncryption = false
    private(set) var notBefore = BootTime(.min)
    private(set) var lastError: String?
    /// When its last turn ended, be it a failed attempt.
    private(set) var lastTurnAt: BootTime?
    private var purpose: WantedService.Purpose?
    private var heardAt: BootTime?
    private var failures = 0

    // MARK: What happens

    /// What was named once holds: advertisements take turns, and a scan response names what they have no room for.
    mutating func advertised(_ purpose: WantedService.Purpose) {
        self.purpose = purpose == .occasion ? purpose : self.purpose ?? purpose
    }

    mutating func heard(_ peer: BluetoothPeer, adapter: Int, at time: BootTime) {
        guard phase == .idle else { return }
        isRandomAddress = peer.isRandomAddress
        self.adapter = adapter
        heardAt = time
    }

    mutating func connected(at time: BootTime) {
        phase = .open(since: time)
        valueAt = nil
        lastError = nil
    }

    mutating func closed(_ ending: ConnectionPlan.Ending, at time: BootTime, using random: inout some RandomNumberGenerator) {
        let before = phase
        interrupt(at: time)
        if case .closing(_, gaveWay: true) = before {
            failures = 0
            lastError = nil
            return
        }
        switch ending {
        case .lost(let words):
            // One that measured and went is welcome back; one that went without a word was no use.
            if case .open = before, valueAt != nil { failures = 0 } else { failures = min(failures + 1, 10) }
            lastError = words
            notBefore = time + Self.jittered(bound, using: &random)
        case .failed(let failure):
            failures = min(failures + 1, 10)
            lastError = failure.words
            let isRefusal = failure.kind == .needsPairing && needsEncryption
            needsEncryption = needsEncryption || failure.kind == .needsPairing
            let wait = failure.kind == .unsuitable ? Self.unsuitableWait : isRefusal ? Self.pairingWait : bound
            notBefore = time + Self.jittered(wait, using: &random)
        }
    }

    /// Ends its turn without a judgement.
    mutating func interrupt(at time: BootTime) {
        if phase != .idle { lastTurnAt = time }
        phase = .idle
        notBefore = time
    }

    /// Grows with each failure; after a good connection there is hardly any.
    private var bound: Milliseconds {
        failures == 0 ? .seconds(1) : min(Self.longestWait, Milliseconds(Self.firstWait.rawValue << Int64(failures - 1)))
    }

    /// Anything from half of it to the whole.
    private static func jittered(_ wait: Milliseconds, using random: inout some RandomNumberGenerator) -> Milliseconds {
        Milliseconds(Int64.random(in: wait.rawValue / 2...wait.rawValue, using: &random))
    }

    // MARK: What follows

    /// It is to be connected, and was heard lately; whether it may be tried yet is `notBefore`.
    func isWaiting(at time: BootTime) -> Bool {
        guard isBound, phase == .idle, isNamed || purpose != nil, let heardAt else { return false }
        return time - heardAt < ConnectionPlan.freshness
    }

    /// It measures on occasion, and this may be one.
    func isUrgent(at time: BootTime) -> Bool {
        purpose == .occasion && lastTurnAt.map { time - $0 >= ConnectionPlan.occasionEvery } ?? true
    }

    func comesBefore(_ other: PlannedDevice, at time: BootTime) -> Bool {
        if isUrgent(at: time) != other.isUrgent(at: time) { return isUrgent(at: time) }
        return (lastTurnAt ?? BootTime(.min)) < (other.lastTurnAt ?? BootTime(.min))
    }

    /// When it gives way to one who waits; nil while it has no connection.
    func givesWayAt(forOccasion isOccasion: Bool) -> BootTime? {
        guard case .open(let since) = phase else { return nil }
        return min(
            since + (isOccasion ? ConnectionPlan.shortTurn : ConnectionPlan.turn), max(since, valueAt ?? since) + ConnectionPlan.quiet)
    }

    /// When an attempt is given up; long ago for one that is bound no more.
    var overdueAt: BootTime? {
        switch phase {
        case .idle, .closing: nil
        case .connecting(let since): isBound ? since + ConnectionPlan.connectTimeout : BootTime(.min)
        case .open: isBound ? nil : BootTime(.min)
        }
    }

    func isOverdue(at time: BootTime) -> Bool { overdueAt.map { $0 <= time } ?? false }

    func status(of address: BluetoothAddress, characteristics: [BluetoothUUID]) -> BluetoothConnectionStatus {
        let (state, since): (BluetoothConnectionStatus.State, BootTime?) =
            switch phase {
            case .idle: (.waiting, lastTurnAt)
            case .connecting(let since): (.connecting, since)
            case .open(let since): (.connected, since)
            case .closing(let since, _): (.disconnecting, since)
            }
        return BluetoothConnectionStatus(
            address: address, state: state, since: since, lastValueAt: valueAt,
            nextTryAt: phase == .idle && notBefore > BootTime(.min) ? notBefore : nil,
            lastError: phase == .idle ? lastError : nil, characteristics: characteristics)
    }
}
