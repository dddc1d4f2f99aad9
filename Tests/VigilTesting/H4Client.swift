import Glibc

/// A host as a controller sees it: one TCP connection on loopback that sends what it is told to. It shares no line with Vigil's own.
public final class H4Client: Sendable {
    private let descriptor: Int32

    /// - Throws: where the radio has no port of TCP, or nobody listens there.
    public init(_ radio: VirtualRadio) throws {
        guard let port = radio.adapter.split(separator: ":").last.flatMap({ Int($0) }) else {
            throw VirtualRadio.Failure(description: "\(radio.adapter) is no port of TCP")
        }
        let isConnected: Bool
        (descriptor, isConnected) = connection(toPort: port)
        guard isConnected else {
            // All that there is of it is set: `deinit` closes the descriptor.
            throw VirtualRadio.Failure(description: "no radio listens on port \(port): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Sends a command packet.
    public func command(_ opcode: UInt16, _ parameters: [UInt8] = []) {
        send([0x01, UInt8(truncatingIfNeeded: opcode), UInt8(truncatingIfNeeded: opcode >> 8), UInt8(parameters.count)] + parameters)
    }

    public func send(_ bytes: [UInt8]) { Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// The next bytes; fewer where the connection ends before.
    public func read(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
        return Array(bytes.prefix(max(0, received)))
    }

    /// The next packet, which must be an event or data; what there is of it where the connection ends.
    public func packet() -> [UInt8] {
        let kind = read(1)
        let head = kind == [0x04] ? read(2) : read(4)
        guard let low = kind == [0x04] ? head.last : head.dropFirst(2).first else { return kind + head }
        let high = kind == [0x04] ? 0 : head.last ?? 0
        return kind + head + read(Int(low) | Int(high) << 8)
    }
}
