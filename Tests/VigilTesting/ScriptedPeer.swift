import Glibc

/// A TCP peer on loopback that says what it is told to, for what no real broker would say. It serves one connection.
public final class ScriptedPeer {
    public var port: Int { listener.port }
    private let listener: LoopbackSocket
    private var connection: Int32?

    public init() throws { listener = try LoopbackSocket(port: 0) }

    deinit {
        if let connection { close(connection) }
    }

    /// Sends the bytes, to the first client that connects; waits for it.
    public func answer(_ bytes: [UInt8]) {
        send(client(), bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads from the client until the bytes have come.
    public func read(until bytes: [UInt8]) {
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !received.contains(bytes) {
            let count = recv(client(), &chunk, chunk.count, 0)
            guard count > 0 else { return }
            received += chunk.prefix(count)
        }
    }

    /// Says that nothing more will come.
    public func hangUp() {
        if let connection { shutdown(connection, Int32(SHUT_WR)) }
    }

    private func client() -> Int32 {
        let peer = connection ?? listener.accept()
        connection = peer
        return peer
    }
}
