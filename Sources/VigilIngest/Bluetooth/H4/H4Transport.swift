import Glibc
import VigilCore

/// A controller behind a serial line or a socket: an `H4Link` with its bytes carried to and fro.
final class H4Transport: BluetoothTransport {
    /// How long a peer may take to accept a connection.
    private static let connectPatience = Milliseconds.seconds(5)
    /// What is read in one turn at most, so that one adapter does not keep the others from being served.
    private static let mostReads = 8

    private let port: BluetoothAdapter.H4Port
    private var link: H4Link
    private var handle: PortHandle?
    private var connectsBy: BootTime?
    private var unsent: ArraySlice<UInt8> = []
    private var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    /// What could not be told when it happened.
    private var untold: [BluetoothEvent] = []

    /// - Parameters:
    ///   - scansActively: asks for scan responses.
    ///   - randomAddress: by which we connect where the controller has no address of its own: a static one, its two highest bits set.
    init(port: BluetoothAdapter.H4Port, scansActively: Bool, randomAddress: BluetoothAddress) {
        self.port = port
        link = H4Link(scansActively: scansActively, randomAddress: randomAddress)
    }

    var polled: [pollfd] {
        guard let handle else { return [] }
        let writes = handle.isConnecting || !unsent.isEmpty
        let events = (handle.isConnecting ? 0 : POLLIN) | (writes ? POLLOUT : 0)
        return [pollfd(fd: handle.descriptor, events: Int16(truncatingIfNeeded: events), revents: 0)]
    }

    var deadline: BootTime? {
        guard untold.isEmpty else { return BootTime(0) }
        return connectsBy ?? link.deadline
    }

    func open(at time: BootTime) {
        close()
        do throws(PortHandle.Failure) {
            let handle = try PortHandle.open(port)
            self.handle = handle
            if handle.isConnecting { connectsBy = time + Self.connectPatience } else { begin(at: time) }
        } catch { fail(error.words) }
    }

    func serve(_ ready: [pollfd], at time: BootTime, _ handle: (BluetoothEvent) -> Void) {
        if let found = ready.first?.revents, found != 0 { work(at: time) }
        if let connectsBy, connectsBy <= time { fail("cannot connect to \(port): no answer") }
        link.advance(to: time)
        collect()
        // What is told may have been answered with a wish, and that with something to be told.
        while !untold.isEmpty {
            let events = untold
            untold = []
            for event in events { handle(event) }
        }
    }

    func restartScan(at time: BootTime) {
        link.restartScan(at: time)
        collect()
    }

    func connect(to peer: BluetoothPeer, at time: BootTime) {
        link.connect(to: peer, at: time)
        collect()
    }

    func send(_ pdu: [UInt8], to peer: BluetoothAddress, at time: BootTime) {
        link.send(pdu, to: peer, at: time)
        collect()
    }

    func disconnect(_ peer: BluetoothAddress, at time: BootTime) {
        link.disconnect(peer, at: time)
        collect()
    }

    func close() {
        release()
        untold = []
    }

    private func begin(at time: BootTime) {
        link.open(at: time)
        collect()
    }

    /// The port can be read or written.
    private func work(at time: BootTime) {
        guard let handle else { return }
        if handle.isConnecting {
            do throws(PortHandle.Failure) {
                try handle.endConnecting(port)
                connectsBy = nil
                begin(at: time)
            } catch { fail(error.words) }
            return
        }
        for _ in 0..<Self.mostReads {
            switch handle.read(into: &buffer) {
            case .nothing: return
            case .ended(let words): return fail("lost: \(words)")
            case .bytes(let count):
                link.take(buffer[..<count], at: time)
                collect()
            }
            guard self.handle != nil else { return }
        }
    }

    /// Takes what the link wants to be told and sent.
    private func collect() {
        let events = link.takeEvents()
        untold += events
        if case .failed = events.last { return release() }
        unsent += link.takeOutput()
        while !unsent.isEmpty, let handle, !handle.isConnecting {
            guard let count = handle.write(unsent) else { return fail("lost: it cannot be written to") }
            if count == 0 { break }
            unsent = unsent.dropFirst(count)
        }
        if unsent.isEmpty { unsent = [] }
    }

    private func fail(_ words: String) {
        untold.append(.failed(words))
        release()
    }

    private func release() {
        link.close()
        handle = nil
        connectsBy = nil
        unsent = []
    }
}
