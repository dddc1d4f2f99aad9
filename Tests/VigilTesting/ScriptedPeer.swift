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
        let peer = connection ?? listener.accept()
        connection = peer
        send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Says that nothing more will come.
    public func hangUp() {
        if let connection { shutdown(connection, Int32(SHUT_WR)) }
    }
}
