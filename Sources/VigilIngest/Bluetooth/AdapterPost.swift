import Glibc
import VigilCore

/// One adapter as the receiver's thread holds it: the transport, how it is, and what it is to others as a source.
final class AdapterPost {
    let name: String
    let source: SourceID
    let transport: any BluetoothTransport
    var health: AdapterHealth
    /// What poll() was last asked for, and found.
    var polled: [pollfd] = []
    var queue = FrameQueue()
    /// Something was lost of what it heard, and what waits since is not handed over yet.
    var isLosing = false
    /// Whether it hears, as it was told last.
    var isUp: Bool?
    /// As far as it heard everything, as it was told last.
    var heardUntil: BootTime?
    var toldHearingAt: BootTime?

    init(_ adapter: BluetoothAdapter, source: SourceID, scansActively: Bool, at time: BootTime) {
        name = adapter.description
        self.source = source
        transport = adapter.transport(scansActively: scansActively)
        health = AdapterHealth(at: time)
    }

    /// When it wants to be looked at although nothing came.
    var deadline: BootTime? { [transport.deadline, health.deadline, tellsHearingAt].compactMap { $0 }.min() }

    // MARK: As a source

    private static let losing = "more was heard than could be stored in time"

    /// It hears, and nothing of that is lost.
    var isWhole: Bool { health.state == .hearing && !isLosing }

    /// Why it is not whole; nil while the first attempt lasts.
    var complaint: String? { health.reason ?? (isLosing ? Self.losing : nil) }

    /// As far as somebody was heard, where that is not told yet: an adapter that fell silent says so only a minute later.
    var untoldHearing: BootTime? {
        guard isWhole, let heard = health.heardAt else { return nil }
        return heard > heardUntil ?? BootTime(.min) ? heard : nil
    }

    /// When there is something to tell of that.
    var tellsHearingAt: BootTime? {
        guard queue.isEmpty, untoldHearing != nil else { return nil }
        return toldHearingAt.map { $0 + Self.hearingEvery } ?? BootTime(0)
    }

    /// How often it is told that everything was heard.
    private static let hearingEvery = Milliseconds.seconds(10)
}

extension BluetoothAdapter {
    fileprivate func transport(scansActively: Bool) -> any BluetoothTransport {
        switch self {
        case .h4(let port):
            // A static random address has its two highest bits set (Bluetooth Core Specification 5.4, volume 6, part B, section 1.3.2.1).
            let address = BluetoothAddress(bits: UInt64.random(in: 0..<1 << 46) | 3 << 46)
            return H4Transport(port: port, scansActively: scansActively, randomAddress: address)
        case .kernel(let number): return KernelTransport(number: number, isActive: scansActively)
        }
    }
}
