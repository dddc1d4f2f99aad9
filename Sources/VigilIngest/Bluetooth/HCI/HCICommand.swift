import VigilCore

/// A command to a controller.
// Source: Bluetooth Core Specification 5.4, volume 4, part E, section 7; part A for the byte in front.
struct HCICommand: Hashable {
    /// The commands that the receiver gives.
    enum Opcode: UInt16 {
        case disconnect = 0x0406
        case setEventMask = 0x0C01
        case reset = 0x0C03
        case readSupportedCommands = 0x1002
        case readBufferSize = 0x1005
        case readAddress = 0x1009
        case setLowEnergyEventMask = 0x2001
        case readLowEnergyBufferSize = 0x2002
        case setRandomAddress = 0x2005
        case setScanParameters = 0x200B
        case setScanEnable = 0x200C
        case createConnection = 0x200D
        case cancelConnection = 0x200E
        case updateConnection = 0x2013
        case setExtendedScanParameters = 0x2041
        case setExtendedScanEnable = 0x2042
        case createExtendedConnection = 0x2043

        /// The specification's name for it.
        var name: String {
            switch self {
            case .disconnect: "Disconnect"
            case .setEventMask: "Set Event Mask"
            case .reset: "Reset"
            case .readSupportedCommands: "Read Local Supported Commands"
            case .readBufferSize: "Read Buffer Size"
            case .readAddress: "Read BD_ADDR"
            case .setLowEnergyEventMask: "LE Set Event Mask"
            case .readLowEnergyBufferSize: "LE Read Buffer Size"
            case .setRandomAddress: "LE Set Random Address"
            case .setScanParameters: "LE Set Scan Parameters"
            case .setScanEnable: "LE Set Scan Enable"
            case .createConnection: "LE Create Connection"
            case .cancelConnection: "LE Create Connection Cancel"
            case .updateConnection: "LE Connection Update"
            case .setExtendedScanParameters: "LE Set Extended Scan Parameters"
            case .setExtendedScanEnable: "LE Set Extended Scan Enable"
            case .createExtendedConnection: "LE Extended Create Connection"
            }
        }
    }

    private static let indicator: UInt8 = 0x01

    let opcode: Opcode
    let parameters: [UInt8]

    init(_ opcode: Opcode, _ parameters: [UInt8] = []) {
        self.opcode = opcode
        self.parameters = parameters
    }

    /// With H4's indicator in front. No command here has more than 255 bytes.
    var bytes: [UInt8] {
        [Self.indicator] + Self.word(opcode.rawValue) + [UInt8(truncatingIfNeeded: parameters.count)] + parameters
    }

    static func word(_ value: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }

    private static func mask(bits: [UInt64]) -> [UInt8] {
        let mask = bits.reduce(UInt64(0)) { $0 | 1 << $1 }
        return (0..<8).map { UInt8(truncatingIfNeeded: mask >> (8 * $0)) }
    }

    // MARK: Setting up

    /// Lets through what `HCIEvent` reads: disconnections, answers, broken hardware, completed packets, a full buffer, low energy.
    static let setEventMask = HCICommand(.setEventMask, mask(bits: [4, 13, 14, 15, 18, 25, 61]))

    /// Connections and reports, in the old form or in the enhanced one.
    static func setLowEnergyEventMask(isExtended: Bool) -> HCICommand {
        HCICommand(.setLowEnergyEventMask, mask(bits: [0, 1, 2] + (isExtended ? [9, 12] : [])))
    }

    /// The address by which we connect where the controller has none of its own.
    static func setRandomAddress(_ address: BluetoothAddress) -> HCICommand {
        HCICommand(.setRandomAddress, address.bytes.reversed())
    }
}
