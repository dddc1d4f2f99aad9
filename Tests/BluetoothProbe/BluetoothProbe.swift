import Glibc
import VigilCore

@testable import VigilIngest

/// Listens by the kernel's adapter, connects to some devices, and prints what happens, one thing a line: `scripts/test-vm` runs it in a virtual
/// machine, where a kernel with Bluetooth is.
///
/// Usage: bluetooth-probe NUMBER ADDRESS...
@main
struct BluetoothProbe {
    private static let reopenAfter = Milliseconds.seconds(1)

    private let transport: KernelTransport
    private var desk = GATTDesk()
    private var random = SystemRandomNumberGenerator()
    private var openAt: BootTime? = BootTime.now()
    private var events: [BluetoothEvent] = []

    static func main() {
        let words = CommandLine.arguments.dropFirst()
        let devices = words.dropFirst().compactMap { BluetoothAddress($0) }
        guard let number = words.first.flatMap({ Int($0) }), !devices.isEmpty, devices.count == words.count - 1 else {
            print("usage: bluetooth-probe NUMBER ADDRESS...")
            exit(2)
        }
        var probe = BluetoothProbe(number: number, devices: devices)
        while true { probe.turn() }
    }

    private init(number: Int, devices: [BluetoothAddress]) {
        transport = KernelTransport(number: number, isActive: false)
        desk.bind(devices.map { BoundBluetoothDevice(address: $0) })
    }

    private mutating func turn() {
        let time = BootTime.now()
        if let openAt, openAt <= time {
            self.openAt = nil
            transport.open(at: time)
        }
        var polled = transport.polled
        let deadline = [openAt, transport.deadline, desk.deadline(after: time)].compactMap(\.self).min() ?? time + .seconds(1)
        poll(&polled, nfds_t(polled.count), Int32(clamping: max(0, (deadline - time).rawValue)))
        let now = BootTime.now()
        transport.serve(polled, at: now) { events.append($0) }
        for event in events {
            tell(event)
            if case .failed = event { openAt = now + Self.reopenAfter }
            for order in desk.take(event, from: 0, at: now, using: &random) { perform(order, at: now) }
        }
        events = []
        for order in desk.advance(to: now) { perform(order, at: now) }
    }

    private func tell(_ event: BluetoothEvent) {
        switch event {
        case .ready: say("ready")
        case .failed(let words): say("failed \(words)")
        case .report(let address, let advertisement): say("report \(address) \(advertisement.data.count)")
        case .connected(let address): say("connected \(address)")
        case .closed(let address, let reason): say("closed \(address) \(reason)")
        case .received: break
        case .skipped(let count): say("skipped \(count)")
        }
    }

    private mutating func perform(_ order: GATTDesk.Order, at time: BootTime) {
        switch order {
        case .connect(let peer, _): transport.connect(to: peer, at: time)
        case .disconnect(let address, _): transport.disconnect(address, at: time)
        case .send(let pdu, let address, _): transport.send(pdu, to: address, at: time)
        case .value(let frame, let value): say("value \(frame.topic) \(value)")
        }
    }

    /// A line at a time, at once: whoever reads it waits for it.
    private func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        write(STDOUT_FILENO, bytes, bytes.count)
    }
}
