import Glibc
import VigilCore

/// One adapter as the receiver's thread holds it: the transport, and how it is.
final class AdapterPost {
    let name: String
    let transport: any BluetoothTransport
    var health: AdapterHealth
    /// What poll() was last asked for, and found.
    var polled: [pollfd] = []

    init(_ adapter: BluetoothAdapter, scansActively: Bool, at time: BootTime) {
        name = adapter.description
        transport = adapter.transport(scansActively: scansActively)
        health = AdapterHealth(at: time)
    }

    /// When it wants to be looked at although nothing came.
    var deadline: BootTime? { [transport.deadline, health.deadline].compactMap { $0 }.min() }
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
