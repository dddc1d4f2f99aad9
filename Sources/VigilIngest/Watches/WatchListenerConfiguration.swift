import Glibc
public import VigilCore

/// Where GPS watches of the "3G" protocol reach Vigil.
public struct WatchListenerConfiguration: Hashable, Sendable {
    public var id: SourceID
    public var address: SocketAddress
    /// More are not served: whoever said nothing for longest makes room.
    public var maximumConnections: Int
    /// A connection on which nothing came for so long is closed; a watch says something about every five minutes.
    public var idleTimeout: Milliseconds

    /// How long a connection may take to say its first frame, and a frame to end.
    var patience = Milliseconds.seconds(30)
    /// How long nothing is accepted where the process has no descriptor left, and how often a listener that cannot stand is tried again.
    var retryEvery = Milliseconds.seconds(2)

    public init(
        id: SourceID, address: SocketAddress, maximumConnections: Int = 256, idleTimeout: Milliseconds = .minutes(20)
    ) {
        self.id = id
        self.address = address
        self.maximumConnections = maximumConnections
        self.idleTimeout = idleTimeout
    }
}

/// A numeric address and a port: `10.8.0.1:8001`, `[fd00::1]:8001`.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    public let host: String
    public let port: Int
    let isIPv6: Bool

    /// Nil for names, and for what is no address.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        isIPv6 = host.first == "["
        if isIPv6 {
            guard host.last == "]" else { return nil }
            host = host.dropFirst().dropLast()
        }
        self.host = String(host)
        self.port = port
        var bytes = in6_addr()
        guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, self.host, &bytes) == 1 else { return nil }
    }

    /// Calls the body with the address as the kernel takes it, and its length.
    func withName<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        let port = in_port_t(truncatingIfNeeded: port).bigEndian
        if isIPv6 {
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_port = port
            inet_pton(AF_INET6, host, &name.sin6_addr)
            return Self.withName(name, body)
        }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port
        inet_pton(AF_INET, host, &name.sin_addr)
        return Self.withName(name, body)
    }

    private static func withName<Name, Result>(_ name: Name, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Name>.size)) }
        }
    }

    /// Every address of the machine.
    public var isUnspecified: Bool { host == "0.0.0.0" || host == "::" }
    public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
