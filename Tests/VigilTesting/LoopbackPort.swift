import Glibc

/// A port on which nobody listened a moment ago.
public func freePort() throws -> Int {
    let probe = try LoopbackSocket(port: 0)
    return probe.port
}

/// Whether somebody listens there.
func accepts(port: Int) -> Bool {
    let (descriptor, isConnected) = connection(toPort: port)
    close(descriptor)
    return isConnected
}

/// A blocking TCP socket, and whether somebody accepted it there; errno tells why not. Whoever asks for it closes it.
func connection(toPort port: Int) -> (descriptor: Int32, isConnected: Bool) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    // Nothing that is waited for takes so long in a healthy run.
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = loopback(port: port)
    let isConnected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
    return (descriptor, isConnected)
}

func loopback(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    return address
}
