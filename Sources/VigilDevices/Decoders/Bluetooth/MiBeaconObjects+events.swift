import VigilCore

/// What happens: presses, and alarms that have no end.
// Source: as for the states.
extension MiBeaconObjects {
    static func tellEvent(_ id: UInt16, _ value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) {
        switch id {
        // "Near": a device with a light says that somebody moves, and never that nobody does.
        case 0x0003: facts.tell(.motion, .bool(true), nature: .event)
        // Only drills are left of these.
        case 0x000D, 0x1015, 0x000E, 0x1016: facts.tell(.smoke_test, .bool(true), nature: .event)
        case 0x000B: tellLock(value, &facts)
        case 0x0011:
            if value.byte == 5 { facts.tell(.alarm_unspecified, .bool(true), nature: .event) }
        case 0x1001: tellPress(value, of: product, &facts)
        case 0x4A0C, 0x4E0C, 0x560C: tellPress(single: value, of: product, &facts)
        case 0x4A0D, 0x4E0D, 0x560D: tellPress("double", value, of: product, &facts)
        case 0x4A0E, 0x4E0E, 0x560E: tellPress("long", value, of: product, &facts)
        case 0x4A13: if value.byte == 1 { facts.tell(.button, .text("single"), nature: .event) }
        default: break
        }
    }

    /// Somebody was forced to open (method 8, exception 0xC0DE000D). That a lock is opened is no sign of who.
    private static func tellLock(_ value: MiBeaconValue, _ facts: inout FactList) {
        guard value.count == 9, let operation = value.byte else { return }
        if operation >> 4 == 8 || value[1..<5].littleEndian == 0xC0DE_000D {
            facts.tell(.alarm_unspecified, .bool(true), nature: .event)
        }
    }

    private static func tellPress(single value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) {
        // One object for all presses.
        if product == .k9bb, let code = value.byte {
            let words: [UInt8: String] = [1: "single", 8: "long", 15: "double"]
            if let word = words[code] { facts.tell(.button, .text(word), nature: .event) }
        } else {
            tellPress("single", value, of: product, &facts)
        }
    }

    /// Each button that was pressed, by its name where the product has several.
    private static func tellPress(_ press: String, _ value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) {
        guard let names = product.buttons(value.byte), !names.isEmpty else {
            return facts.tell(.button, .text(press), nature: .event)
        }
        for name in names { facts.tell(.button, .text("\(name)_\(press)"), nature: .event) }
    }

    /// The button, a number, and how it was pressed.
    private static func tellPress(_ value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) {
        guard value.count == 3 else { return }
        let parts = Array(value[0..<3])
        guard let button = parts.first, let press = parts.last, let word = product.press(button, turned: parts[1], press) else {
            return facts.fault("button", "\(HexText.text(parts)) is no press that is known")
        }
        for name in product.remoteButtons(button) { facts.tell(.button, .text(name.map { "\($0)_\(word)" } ?? word), nature: .event) }
    }
}
