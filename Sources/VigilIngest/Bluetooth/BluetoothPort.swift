/// Where a Bluetooth controller that speaks H4 is found.
public enum BluetoothPort: Hashable, Sendable {
    case serial(SerialLine)
    /// A remote radio, or a controller in software.
    case tcp(SocketAddress)
    /// A path; one that begins with `@` is in the abstract namespace.
    case unix(String)

    /// A serial device and how it is spoken to.
    public struct SerialLine: Hashable, Sendable {
        /// Those that Linux knows by name from 9,600 on; USB devices take no notice.
        public static let rates = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_000_000, 2_000_000, 3_000_000]

        public var path: String
        /// Bits per second, one of `rates`.
        public var rate: Int
        /// Both sides stop each other by the lines RTS and CTS. Where they are not wired nothing is sent.
        public var isFlowControlled: Bool

        public init(path: String, rate: Int = 115_200, isFlowControlled: Bool = false) {
            self.path = path
            self.rate = rate
            self.isFlowControlled = isFlowControlled
        }
    }

    /// - Parameter text: `/dev/ttyACM0`, `tcp:127.0.0.1:9000`, `unix:/run/radio.sock`; nil for anything else.
    public init?(_ text: String) {
        if let address = Self.rest(of: text, after: "tcp:") {
            guard let address = SocketAddress(String(address)) else { return nil }
            self = .tcp(address)
        } else if let path = Self.rest(of: text, after: "unix:") {
            // What fits into a socket's name (unix(7)), with its end.
            guard path.first == "/" || path.first == "@", (2...107).contains(path.utf8.count) else { return nil }
            self = .unix(String(path))
        } else {
            guard text.hasPrefix("/"), text.utf8.count > 1 else { return nil }
            self = .serial(SerialLine(path: text))
        }
    }

    private static func rest(of text: String, after prefix: String) -> Substring? {
        text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : nil
    }
}

extension BluetoothPort: CustomStringConvertible {
    public var description: String {
        switch self {
        case .serial(let line): line.path
        case .tcp(let address): "tcp:\(address)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
