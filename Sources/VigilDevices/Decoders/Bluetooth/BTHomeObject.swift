import VigilCore

/// The table of BTHome's objects: how long each is, and what it is here.
// Source: https://bthome.io/format/; Bluetooth-Devices/bthome-ble src/bthome_ble/const.py, event.py (3.25).
enum BTHomeObject {
    enum Length {
        case fixed(Int)
        /// The first byte says it.
        case counted
        /// The same in five bits, for the arguments of an operation.
        case arguments
    }

    enum Meaning: Equatable {
        /// The value is a whole number, times a factor, over a divisor.
        case number(ObservationKind, isSigned: Bool, factor: Double, divisor: Double)
        case flag(ObservationKind)
        case button, dimmer, command
        /// Nothing that Vigil has a kind for: light, humidity, the moisture of soil, a switch that a timer may have turned.
        case nothing
    }

    static let packetID: UInt8 = 0x00

    /// Nil for an id that is not known.
    static func length(_ id: UInt8) -> Length? {
        switch id {
        case 0x53, 0x54: .counted
        case 0x3B: .arguments
        case 0x00, 0x01, 0x09, 0x0F...0x11, 0x15...0x2F, 0x3A, 0x46, 0x57...0x59, 0x60, 0x64, 0x65: .fixed(1)
        case 0x02, 0x03, 0x06...0x08, 0x0C...0x0E, 0x12...0x14, 0x3C, 0x3D, 0x3F...0x41, 0x43...0x45, 0x47...0x4A, 0x51, 0x52, 0x56,
            0x5A, 0x5D...0x5F, 0x61, 0xF0:
            .fixed(2)
        case 0x04, 0x05, 0x0A, 0x0B, 0x42, 0x4B, 0xF2: .fixed(3)
        case 0x3E, 0x4C...0x50, 0x55, 0x5B, 0x5C, 0x62, 0x63, 0xF1: .fixed(4)
        default: nil
        }
    }

    static func meaning(_ id: UInt8) -> Meaning {
        switch id {
        case 0x01: .number(.battery_percent, isSigned: false, factor: 1, divisor: 1)
        case 0x02: .number(.temperature_c, isSigned: true, factor: 1, divisor: 100)
        case 0x45: .number(.temperature_c, isSigned: true, factor: 1, divisor: 10)
        case 0x57: .number(.temperature_c, isSigned: true, factor: 1, divisor: 1)
        case 0x58: .number(.temperature_c, isSigned: true, factor: 35, divisor: 100)
        // Thousandths of a kilowatt-hour and of a cubic metre; water in thousandths of a litre.
        case 0x0A, 0x4D: .number(.meter_energy_wh, isSigned: false, factor: 1, divisor: 1)
        case 0x4B, 0x4C: .number(.meter_gas_l, isSigned: false, factor: 1, divisor: 1)
        case 0x4F: .number(.meter_water_l, isSigned: false, factor: 1, divisor: 1000)
        case 0x11, 0x1A, 0x1B, 0x2D: .flag(.door_open)
        case 0x15: .flag(.battery_low)
        case 0x17, 0x1C: .flag(.gas)
        case 0x20: .flag(.water_leak)
        case 0x21: .flag(.motion)
        // The thing itself moves.
        case 0x22, 0x2C: .flag(.vibration)
        case 0x23, 0x25: .flag(.presence)
        case 0x26: .flag(.sensor_fault)
        case 0x29: .flag(.smoke)
        case 0x2B: .flag(.tamper)
        case 0x3A: .button
        case 0x3B: .command
        case 0x3C: .dimmer
        default: .nothing
        }
    }

    /// Nil where nobody pressed, or lets go: the press was told when it began.
    static let presses: [UInt8: String?] = [
        0x00: nil, 0x01: "single", 0x02: "double", 0x03: "triple", 0x04: "long", 0x05: "long_double", 0x06: "long_triple",
        0x80: "hold", 0x81: nil, 0xFE: "hold",
    ]
    static let turns: [UInt8: String?] = [0x00: nil, 0x01: "rotate_left", 0x02: "rotate_right"]
    static let commands: [UInt8: String?] = [0x00: "off", 0x01: "on", 0x02: "toggle", 0x03: "step_up", 0x04: "step_down"]
}
