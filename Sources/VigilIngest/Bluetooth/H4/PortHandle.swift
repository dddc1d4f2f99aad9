import Glibc

/// An open port to a controller that never blocks, closed with this object.
final class PortHandle {
    struct Failure: Error {
        /// What was tried, and why it failed.
        let words: String

        init(_ action: String, _ code: Int32 = errno) { words = "\(action): \(String(cString: strerror(code)))" }
    }

    let descriptor: Int32
    private let isSocket: Bool
    /// A socket whose peer has not answered yet.
    private(set) var isConnecting = false

    private init(owning descriptor: Int32, isSocket: Bool) {
        self.descriptor = descriptor
        self.isSocket = isSocket
    }

    deinit { close(descriptor) }

    static func open(_ port: BluetoothAdapter.H4Port) throws(Failure) -> PortHandle {
        switch port {
        case .serial(let path, let baud, let hasFlowControl): try open(path, baud: baud, hasFlowControl: hasFlowControl)
        case .tcp(let address): try connect(to: address)
        case .unix(let path): try connect(toUnix: path)
        }
    }

    // MARK: Serial lines

    private static func open(_ path: String, baud: Int, hasFlowControl: Bool) throws(Failure) -> PortHandle {
        let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("cannot open \(path)") }
        let handle = PortHandle(owning: descriptor, isSocket: false)
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { throw Failure("\(path) is no serial line") }
        cfmakeraw(&settings)
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
        if hasFlowControl { settings.c_cflag |= tcflag_t(CRTSCTS) } else { settings.c_cflag &= ~tcflag_t(CRTSCTS) }
        guard let speed = speed(of: baud), cfsetspeed(&settings, speed) == 0, tcsetattr(descriptor, TCSANOW, &settings) == 0 else {
            throw Failure("cannot set \(path) to \(baud) bits per second", EINVAL)
        }
        // What was said before, to whomever, is nothing to us.
        tcflush(descriptor, TCIOFLUSH)
        return handle
    }

    private static func speed(of baud: Int) -> speed_t? {
        let speeds = [B9600, B19200, B38400, B57600, B115200, B230400, B460800, B921600, B1000000, B2000000, B3000000]
        return zip(BluetoothAdapter.bauds, speeds).first { $0.0 == baud }.map { speed_t($0.1) }
    }

    // MARK: Sockets

    private static func connect(to address: SocketAddress) throws(Failure) -> PortHandle {
        let handle = try socket(address.isIPv6 ? AF_INET6 : AF_INET)
        var yes: Int32 = 1
        setsockopt(handle.descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        let result = address.withName { Glibc.connect(handle.descriptor, $0, $1) }
        try handle.begin(result, "cannot connect to tcp:\(address)")
        return handle
    }

    private static func connect(toUnix path: String) throws(Failure) -> PortHandle {
        let handle = try socket(AF_UNIX)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        // The last byte stays 0: a path that is too long names nothing that is there.
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(handle.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try handle.begin(result, "cannot connect to unix:\(path)")
        return handle
    }

    private static func socket(_ domain: Int32) throws(Failure) -> PortHandle {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(domain, kind, 0)
        guard descriptor >= 0 else { throw Failure("no socket") }
        return PortHandle(owning: descriptor, isSocket: true)
    }

    private func begin(_ result: Int32, _ action: String) throws(Failure) {
        if result == 0 { return }
        guard errno == EINPROGRESS else { throw Failure(action) }
        isConnecting = true
    }

    /// The socket can be written to: its peer has answered.
    func endConnecting(_ port: BluetoothAdapter.H4Port) throws(Failure) {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw Failure("cannot connect to \(port)", code) }
        isConnecting = false
    }

    // MARK: Reading and writing

    enum Received {
        case bytes(Int)
        case nothing
        /// Words for people.
        case ended(String)
    }

    func read(into buffer: inout [UInt8]) -> Received {
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended("it was closed from the other side") }
            if errno == EINTR { continue }
            return errno == EAGAIN ? .nothing : .ended(String(cString: strerror(errno)))
        }
    }

    /// How many bytes went; nil where nobody is there any more.
    func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        while true {
            let count = bytes.withUnsafeBytes {
                isSocket
                    ? send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    : Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 { return count }
            if errno == EINTR { continue }
            return errno == EAGAIN ? 0 : nil
        }
    }
}
