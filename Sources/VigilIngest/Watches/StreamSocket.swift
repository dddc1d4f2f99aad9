import Glibc

/// A TCP socket that never blocks, closed with this object.
final class StreamSocket {
    enum Failure: Error {
        /// An errno, and what was tried.
        case system(String, Int32)

        var words: String {
            switch self {
            case .system(let action, let code): "\(action): \(String(cString: strerror(code)))"
            }
        }
    }

    let descriptor: Int32

    private init(owning descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Listens on a numeric address.
    static func listening(on address: SocketAddress) throws(Failure) -> StreamSocket {
        let domain = address.isIPv6 ? AF_INET6 : AF_INET
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(domain, kind, 0)
        guard descriptor >= 0 else { throw .system("no socket", errno) }
        let made = StreamSocket(owning: descriptor)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard made.bind(to: address) == 0 else { throw .system("cannot bind \(address)", errno) }
        guard listen(descriptor, 64) == 0 else { throw .system("cannot listen on \(address)", errno) }
        return made
    }

    private func bind(to address: SocketAddress) -> Int32 { address.withName { Glibc.bind(descriptor, $0, $1) } }

    enum Accepted {
        case connection(StreamSocket)
        case nobody
        /// No descriptor is left, or no memory: what waits goes on waiting.
        case exhausted(Int32)
    }

    func accept() -> Accepted {
        while true {
            let descriptor = Glibc.accept(self.descriptor, nil, nil)
            if descriptor >= 0 {
                let connection = StreamSocket(owning: descriptor)
                let flags = fcntl(descriptor, F_GETFL)
                guard fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { continue }
                return .connection(connection)
            }
            switch errno {
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted(errno)
            case EAGAIN: return .nobody
            // EINTR, and connections that ended before they were taken (accept(2) lists their errors).
            default: continue
            }
        }
    }

    enum Received {
        case bytes(Int)
        case nothing
        case ended
    }

    func receive(into buffer: inout [UInt8]) -> Received {
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .nothing : .ended
        }
    }

    /// How many bytes went; nil where the peer is gone.
    func send(_ bytes: ArraySlice<UInt8>) -> Int? {
        while true {
            let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count >= 0 { return count }
            if errno == EINTR { continue }
            return errno == EAGAIN ? 0 : nil
        }
    }
}
