import Foundation
import Glibc
import Synchronization

/// A Bluetooth controller that speaks H4 over TCP to one host at a time, and tells what it is given.
///
/// It answers what a host asks while it sets a controller up, and hears nobody by itself.
// Source: Bluetooth Core Specification 5.4, volume 4, part A (H4) and part E, sections 7.7.14, 7.7.65.2 and 7.8.
final class RadioController: Sendable {
    private enum Command {
        static let readAddress: UInt16 = 0x1009
        static let readSupportedCommands: UInt16 = 0x1002
        static let readLowEnergyBufferSize: UInt16 = 0x2002
        static let setScanEnable: UInt16 = 0x200C
    }

    private struct Host {
        var descriptor: Int32
        var isScanning = false
    }

    let port: Int
    private let listener: Int32
    private let host = Mutex<Host?>(nil)

    init() throws {
        (listener, port) = try Loopback.listen()
        Thread.detachNewThread { [self] in serve() }
    }

    /// The host goes, and no other one is served.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        host.withLock { if let host = $0 { shutdown(host.descriptor, Int32(SHUT_RDWR)) } }
    }

    func waitForScan(seconds: Int = 30) throws {
        let end = Stopwatch.now + Int64(seconds) * 1_000_000_000
        while host.withLock({ $0?.isScanning != true }) {
            guard Stopwatch.now < end else { throw BenchFailure("nobody scans on the controller") }
            Stopwatch.sleep(milliseconds: 5)
        }
    }

    /// Tells whole packets; waits until the host takes them.
    func tell(_ packets: [UInt8]) throws {
        guard let descriptor = host.withLock({ $0?.descriptor }) else { throw BenchFailure("the host has gone") }
        try Self.send(packets, to: descriptor)
    }

    /// One advertising report of the old form, connectable and undirected, at -60 dBm.
    static func report(_ address: UInt64, _ data: [UInt8]) -> [UInt8] {
        let sender = (0..<6).map { UInt8(truncatingIfNeeded: address >> (8 * $0)) }
        let body = [0x02, 0x01, 0x00, 0x00] + sender + [UInt8(data.count)] + data + [0xC4]
        return [0x04, 0x3E, UInt8(body.count)] + body
    }

    // MARK: The host

    private func serve() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            var yes: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            host.withLock { $0 = Host(descriptor: descriptor) }
            while let (command, parameters) = Self.command(from: descriptor) {
                // A host that is gone is noticed by the next read.
                try? Self.send(Self.answer(to: command), to: descriptor)
                if command == Command.setScanEnable { host.withLock { $0?.isScanning = parameters.first == 1 } }
            }
            host.withLock { $0 = nil }
            close(descriptor)
        }
    }

    /// The next command and its parameters; nil where the host is gone.
    private static func command(from descriptor: Int32) -> (UInt16, [UInt8])? {
        guard let head = read(4, from: descriptor), head[0] == 0x01, let parameters = read(Int(head[3]), from: descriptor) else {
            return nil
        }
        return (UInt16(head[1]) | UInt16(head[2]) << 8, parameters)
    }

    /// Command Complete. The old commands for scans are all there is.
    private static func answer(to command: UInt16) -> [UInt8] {
        let answer: [UInt8] =
            switch command {
            case Command.readAddress: [1, 0, 0, 0x38, 0xC1, 0xA4]
            case Command.readSupportedCommands: [UInt8](repeating: 0, count: 64)
            case Command.readLowEnergyBufferSize: [27, 0, 8]
            default: []
            }
        let body = [1, UInt8(command & 0xFF), UInt8(command >> 8), 0] + answer
        return [0x04, 0x0E, UInt8(body.count)] + body
    }

    private static func read(_ count: Int, from descriptor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, count - filled) }
            guard got > 0 else { return nil }
            filled += got
        }
        return bytes
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw BenchFailure("the host hung up") }
            sent += count
        }
    }
}
