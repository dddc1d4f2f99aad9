/// The products whose objects mean something of their own.
// Source: Bluetooth-Devices/xiaomi-ble src/xiaomi_ble/devices.py, parser.py (obj1001, obj4a0c, obj4e0c, obj560c).
enum MiBeaconProduct: Hashable {
    /// Switches with one, two or three buttons, of which several may be pressed at once.
    case k9b(buttons: Int)
    case k9bb
    case dimmer
    case cube
    /// Remote controls, with the names of their buttons.
    case remote([String])
    /// Two buttons, counted from 0 or as bits from 1.
    case xmws01xs, xmwxkg01yl
    case fourButtons
    case xmosb01xs
    case safeBox
    case other

    /// Seconds without motion that the maker's app still takes for motion.
    static let stillMoving: UInt64 = 30

    init(_ number: UInt16) {
        switch number {
        case 0x1568: self = .k9b(buttons: 1)
        case 0x1569: self = .k9b(buttons: 2)
        case 0x0DFD: self = .k9b(buttons: 3)
        case 0x1C10: self = .k9bb
        case 0x03B6: self = .dimmer
        case 0x04E1: self = .cube
        case 0x0153: self = .remote(["on", "off", "brightness", "plus", "m", "minus"])
        case 0x068E: self = .remote(["fan", "light", "wind_speed", "color_temperature", "wind_mode", "brightness"])
        case 0x04E6:
            self = .remote(["swing", "power", "timer_60_minutes", "increase_wind_speed", "timer_30_minutes", "decrease_wind_speed"])
        case 0x03BF:
            self = .remote(
                ["stop", "air_exchange", "fan", "increase_speed", "decrease_speed", "dry", "light", "swing", "heat"])
        case 0x5968: self = .xmws01xs
        case 0x1949: self = .xmwxkg01yl
        case 0x3A61, 0x3E17: self = .fourButtons
        case 0x4683: self = .xmosb01xs
        case 0x09B0: self = .safeBox
        default: self = .other
        }
    }

    /// The names of the buttons that an object of its own counts; nil for a device that has only one.
    func buttons(_ code: UInt8?) -> [String]? {
        guard let code else { return nil }
        switch self {
        case .xmws01xs: return code == 0 ? ["left"] : code == 1 ? ["right"] : nil
        case .xmwxkg01yl: return [(1, "left"), (2, "right")].filter { code & $0.0 != 0 }.map(\.1)
        case .fourButtons:
            let names: [UInt8: String] = [1: "left", 2: "mid_left", 3: "mid_right", 4: "right"]
            return names[code].map { [$0] }
        default: return nil
        }
    }

    /// The names of the buttons of object 0x1001; nil stands for the only one.
    func remoteButtons(_ code: UInt8) -> [String?] {
        switch self {
        case .k9b(buttons: 2): return code == 0 ? ["left"] : code == 1 ? ["right"] : ["left", "right"]
        case .k9b(buttons: 3):
            let names: [[String]] = [
                ["left"], ["middle"], ["right"], ["left", "middle"], ["middle", "right"], ["left", "right"],
            ]
            return Int(code) < names.count ? names[Int(code)] : ["left", "middle", "right"]
        case .remote(let names): return [Int(code) < names.count ? names[Int(code)] : "\(code)"]
        // Of a button with a number that nobody named.
        case .other where code > 0: return ["\(code)"]
        default: return [nil]
        }
    }

    /// How a button was pressed, in the words that other systems use; nil for what is not known.
    ///
    /// - Parameter turned: how far a dimmer was turned, where it was.
    func press(_ button: UInt8, turned: UInt8, _ code: UInt8) -> String? {
        switch (self, code) {
        case (.cube, _): return button == 0 ? "rotate_right" : button == 1 ? "rotate_left" : nil
        case (.dimmer, 3): return button == 0 ? "single" : button == 1 ? "long" : nil
        case (.dimmer, 4): return (button == 0 ? turned : button) <= 127 ? "rotate_right" : "rotate_left"
        case (.k9b, 1): return "long"
        case (.k9b, 2): return "double"
        case (_, 0), (_, 5): return "single"
        case (_, 1): return "double"
        case (_, 2), (_, 6): return "long"
        case (_, 3): return "triple"
        default: return nil
        }
    }
}
