import Glibc

/// A GPS watch as a listener sees it: one TCP connection on loopback that sends what it is told to.
public final class WatchClient: Sendable {
    private let descriptor: Int32

    /// - Throws: where nobody listens.
    public init(port: Int) throws {
        let isConnected: Bool
        (descriptor, isConnected) = connection(toPort: port)
        guard isConnected else {
            // All that there is of it is set: `deinit` closes the descriptor.
            throw ChildProcess.Failure(description: "nobody listens for watches on port \(port): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    public func send(_ text: String) {
        let bytes = Array(text.utf8)
        Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// The next answer, from bracket to bracket; nil where the connection ends before it.
    public func answer() -> String? {
        var read: [UInt8] = []
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) == 1 {
            read.append(byte)
            if byte == UInt8(ascii: "]") { return String(decoding: read, as: UTF8.self) }
        }
        return nil
    }

    /// Whether something waits to be read.
    public var hasAnswer: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 1
    }

    /// The connection is closed from the other side, after whatever came before.
    public func waitUntilClosed() -> Bool {
        while answer() != nil {}
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) == 0 || errno == ECONNRESET
    }
}
