public import VigilCore

/// What Vigil listens to over the air.
public struct BluetoothReceiverConfiguration: Hashable, Sendable {
    public var id: SourceID
    /// Each is a source of its own. What several of them hear of one advertisement is one frame.
    public var adapters: [BluetoothAdapter]
    /// Devices are asked for their scan response as well; it costs their batteries.
    public var scansActively: Bool

    public init(id: SourceID, adapters: [BluetoothAdapter], scansActively: Bool = false) {
        self.id = id
        self.adapters = adapters
        self.scansActively = scansActively
    }

    /// What each adapter is called as a source: one that is alone as the receiver, of several each by its own name, `ble-hci1` or
    /// `ble-h4-dev-ttyACM0`, whatever their order.
    public var sources: [SourceID] {
        adapters.count > 1 ? adapters.map { SourceID("\(id)-\($0.plainName)") } : adapters.map { _ in id }
    }
}

/// One adapter, as the configuration writes it: `hci0`, `h4:/dev/ttyACM0`, `h4:tcp:10.8.0.9:7000`, `h4:unix:/run/radio.sock`.
public enum BluetoothAdapter: Hashable, Sendable, CustomStringConvertible {
    /// The kernel's, by its number.
    case kernel(Int)
    case h4(H4Port)

    /// Where a controller speaks HCI over H4.
    public enum H4Port: Hashable, Sendable {
        /// - Parameters:
        ///   - baud: bits per second; USB devices do not care.
        ///   - hasFlowControl: RTS and CTS are wired.
        case serial(path: String, baud: Int, hasFlowControl: Bool)
        case tcp(SocketAddress)
        case unix(path: String)
    }

    static let standardBaud = 115_200
    /// Those that termios(3) names from 9,600 up to what controllers use.
    static let bauds = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_000_000, 2_000_000, 3_000_000]

    /// - Parameter text: nil for what names no adapter.
    public init?(_ text: String) {
        if text.hasPrefix("hci") {
            let digits = text.dropFirst(3)
            guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
                number.description == digits
            else { return nil }
            self = .kernel(number)
        } else if text.hasPrefix("h4:"), let port = H4Port(text.dropFirst(3)) {
            self = .h4(port)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .kernel(let number): "hci\(number)"
        case .h4(let port): "h4:\(port)"
        }
    }

    /// The same in the letters of an id.
    fileprivate var plainName: String {
        description.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_")) }.joined(separator: "-")
    }
}

extension BluetoothAdapter.H4Port: CustomStringConvertible {
    private static let flowControl = ",rtscts"

    /// `/dev/ttyACM0`, `/dev/ttyS1@1000000`, `/dev/ttyS1@1000000,rtscts`, `tcp:10.8.0.9:7000`, `unix:/run/radio.sock`.
    init?(_ text: Substring) {
        if text.hasPrefix("tcp:") {
            guard let address = SocketAddress(String(text.dropFirst(4))), !address.isUnspecified else { return nil }
            self = .tcp(address)
        } else if text.hasPrefix("unix:/") {
            self = .unix(path: String(text.dropFirst(5)))
        } else if text.hasPrefix("/") {
            let hasFlowControl = text.hasSuffix(Self.flowControl)
            let device = hasFlowControl ? text.dropLast(Self.flowControl.count) : text
            guard let at = device.lastIndex(of: "@") else {
                self = .serial(path: String(device), baud: BluetoothAdapter.standardBaud, hasFlowControl: hasFlowControl)
                return
            }
            guard let baud = Int(device[device.index(after: at)...]), BluetoothAdapter.bauds.contains(baud) else { return nil }
            self = .serial(path: String(device[..<at]), baud: baud, hasFlowControl: hasFlowControl)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .serial(let path, let baud, let hasFlowControl):
            path + (baud == BluetoothAdapter.standardBaud ? "" : "@\(baud)") + (hasFlowControl ? Self.flowControl : "")
        case .tcp(let address): "tcp:\(address)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
