import Glibc

/// A listening TCP socket on loopback.
final class LoopbackSocket: Sendable {
    private let descriptor: Int32
    let port: Int

    /// - Parameter port: 0 takes a free one.
    init(port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = loopback(port: port)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        self.descriptor = descriptor
        self.port = Int(in_port_t(bigEndian: address.sin_port))
        guard isListening else {
            // All that there is of it is set: `deinit` closes the descriptor.
            throw Broker.LaunchFailure(description: "cannot listen on port \(port): \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Waits for the next connection; the caller closes it.
    func accept() -> Int32 { Glibc.accept(descriptor, nil, nil) }
}
