import CBluetooth
import Glibc
import VigilCore

/// An adapter of the kernel, by libbluetooth: a raw socket for the scan, L2CAP sockets for ATT channels. The kernel owns the connections.
final class KernelTransport: BluetoothTransport {
    /// The kernel does not tell a raw socket that its adapter was switched off.
    private static let checkEvery = Milliseconds.seconds(5)
    /// More than this waits for the next round, so that channels are served in between.
    private static let packetsPerRound = 256
    private static let longestPacket = 2048

    private let number: Int
    private let isActive: Bool
    private var adapter: HCISocket?
    private var scan: KernelScan
    private var reports = ExtendedReports()
    private var channels: [BluetoothAddress: ATTSocket] = [:]
    /// What is told by the next `serve`.
    private var waiting: [BluetoothEvent] = []
    private var checkAt: BootTime?
    private var buffer = [UInt8](repeating: 0, count: longestPacket)

    /// - Parameters:
    ///   - number: of `hci0`.
    ///   - isActive: scan responses are asked for.
    init(number: Int, isActive: Bool) {
        self.number = number
        self.isActive = isActive
        scan = KernelScan(name: "hci\(number)", isActive: isActive)
    }

    var polled: [pollfd] {
        guard let adapter else { return [] }
        return [pollfd(fd: adapter.descriptor, events: Int16(POLLIN), revents: 0)]
            + channels.values.map { channel in
                let events = (channel.state == .open ? POLLIN : 0) | (channel.wantsWrite ? POLLOUT : 0)
                return pollfd(fd: channel.descriptor, events: Int16(truncatingIfNeeded: events), revents: 0)
            }
    }

    var deadline: BootTime? {
        // What waits is due since the box started.
        guard waiting.isEmpty else { return BootTime(0) }
        return [checkAt, scan.deadline].compactMap(\.self).min()
    }

    func open(at time: BootTime) {
        close()
        do {
            adapter = try HCISocket(adapter: number)
            checkAt = time + Self.checkEvery
            scan = KernelScan(name: "hci\(number)", isActive: isActive)
            perform(scan.start(at: time))
        } catch {
            waiting.append(.failed(error.words))
        }
    }

    func serve(_ ready: [pollfd], at time: BootTime, _ handle: (BluetoothEvent) -> Void) {
        let found = Dictionary(ready.map { ($0.fd, Int32($0.revents)) }) { first, _ in first }
        if let adapter {
            if found[adapter.descriptor].map({ $0 != 0 }) == true { read(adapter, at: time, handle) }
            for (address, channel) in channels {
                if let events = found[channel.descriptor], events != 0 { serve(channel, of: address, events, at: time, handle) }
            }
        }
        perform(scan.advance(to: time))
        if let checkAt, checkAt <= time {
            self.checkAt = time + Self.checkEvery
            if let fault = adapter?.fault() { waiting.append(.failed(fault)) }
        }
        while !waiting.isEmpty {
            let event = waiting.removeFirst()
            if case .failed = event { close() }
            handle(event)
        }
    }

    func restartScan(at time: BootTime) { scan.restart(at: time) }

    func connect(to peer: BluetoothPeer, at time: BootTime) {
        guard let adapter else {
            waiting.append(.closed(peer.address, reason: "the adapter is not open"))
            return
        }
        do {
            channels[peer.address] = try ATTSocket(to: peer, from: adapter.address)
        } catch {
            waiting.append(.closed(peer.address, reason: error.words))
        }
    }

    func send(_ pdu: [UInt8], to peer: BluetoothAddress, at time: BootTime) {
        do {
            try channels[peer]?.send(pdu)
        } catch {
            drop(peer, error.words, at: time)
        }
    }

    func disconnect(_ peer: BluetoothAddress, at time: BootTime) {
        if channels[peer] != nil { drop(peer, "closed by us", at: time) }
    }

    func close() {
        channels = [:]
        adapter = nil
        checkAt = nil
        waiting = []
        reports = ExtendedReports()
        scan = KernelScan(name: "hci\(number)", isActive: isActive)
    }

    // MARK: Channels

    private func serve(
        _ channel: ATTSocket, of address: BluetoothAddress, _ events: Int32, at time: BootTime, _ handle: (BluetoothEvent) -> Void
    ) {
        do {
            // What came before the end is still there to be read.
            if channel.state == .open {
                while channels[address] === channel, let pdu = try channel.receive() { handle(.received(address, pdu)) }
            }
            guard events & (POLLOUT | POLLERR | POLLHUP) != 0, channels[address] === channel, try channel.proceed() else { return }
            scan.connectionSettled(at: time)
            handle(.connected(address))
        } catch {
            if channels[address] === channel { drop(address, error.words, at: time) }
        }
    }

    private func drop(_ address: BluetoothAddress, _ reason: String, at time: BootTime) {
        channels[address] = nil
        scan.connectionSettled(at: time)
        waiting.append(.closed(address, reason: reason))
    }

    // MARK: The adapter

    private func read(_ adapter: HCISocket, at time: BootTime, _ handle: (BluetoothEvent) -> Void) {
        for _ in 0..<Self.packetsPerRound {
            switch adapter.receive(into: &buffer) {
            case .nothing: return
            case .gone(let words):
                waiting.append(.failed(words))
                return
            case .bytes(let count): take(buffer[..<count], at: time, handle)
            }
        }
    }

    private func take(_ packet: ArraySlice<UInt8>, at time: BootTime, _ handle: (BluetoothEvent) -> Void) {
        var reader = ByteReader(packet)
        switch reader.byte().map(Int32.init) {
        case HCI_COMMAND_PKT:
            if let opcode = reader.word() { scan.overheard(opcode, at: time) }
        case HCI_EVENT_PKT:
            guard let code = reader.byte(), let length = reader.byte(), let parameters = reader.take(Int(length)),
                let event = HCIEvent(code: code, parameters: parameters)
            else {
                handle(.skipped(1))
                return
            }
            take(event, at: time, handle)
        default: handle(.skipped(1))
        }
    }

    private func take(_ event: HCIEvent, at time: BootTime, _ handle: (BluetoothEvent) -> Void) {
        switch event {
        case .commandComplete(let opcode, _, let answer):
            perform(scan.answered(opcode, HCIStatus(rawValue: answer.first ?? 0), answer.dropFirst(), at: time))
        // A command that ends in Command Complete comes here only where it is refused.
        case .commandStatus(let opcode, _, let status): perform(scan.answered(opcode, status, [], at: time))
        case .connected: scan.connectionSettled(at: time)
        case .legacyReports(let parameters): tell(LegacyReports.read(parameters) { handle(.report($0, $1)) }, handle)
        case .extendedReports(let parameters): tell(reports.read(parameters) { handle(.report($0, $1)) }, handle)
        case .hardwareError(let code): waiting.append(.failed("hci\(number) reports broken hardware (\(code))"))
        case .disconnected, .disconnectRefused, .completedPackets, .other: break
        }
    }

    private func tell(_ misfits: Int, _ handle: (BluetoothEvent) -> Void) { if misfits > 0 { handle(.skipped(misfits)) } }

    private func perform(_ effects: [KernelScan.Effect]) {
        for effect in effects {
            switch effect {
            case .send(let command):
                if let fault = adapter?.send(command) { waiting.append(.failed(fault)) }
            case .ready: waiting.append(.ready)
            case .failed(let words): waiting.append(.failed(words))
            }
        }
    }
}
