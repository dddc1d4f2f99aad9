/// Where health and metrics are served: this machine only, they have no login.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    public var host: String
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:9120`, `localhost:9120` or `[::1]:9120`; nil for anything else.
    init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (1...65_535).contains(port),
            text[text.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        switch text[..<colon] {
        case "localhost": host = "localhost"
        case "[::1]": host = "::1"
        case let address:
            let parts = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
            guard parts.count == 4, parts.first == 127, parts.allSatisfy({ $0 != nil }) else { return nil }
            host = String(address)
        }
        self.port = port
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
