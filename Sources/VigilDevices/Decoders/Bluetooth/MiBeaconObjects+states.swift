import Glibc
import VigilCore

/// How things stand.
// Source: iot.mi.com "Mijia BLE Object Definition"; from 0x4800 on the objects of the makers,
// Bluetooth-Devices/xiaomi-ble src/xiaomi_ble/parser.py.
extension MiBeaconObjects {
    /// Returns false for an object that it told, or that is of another length than it should be: then nothing more is to be said of it.
    static func tellState(_ id: UInt16, _ value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) -> Bool {
        switch id {
        case 0x000A: facts.tellMeasured(.body_temperature_c, value.signed(2), over: 100)
        case 0x1004: facts.tellMeasured(.temperature_c, value.signed(2), over: 10)
        // With the humidity.
        case 0x100D: if value.count == 4 { facts.tell(.temperature_c, number: Double(value[0..<2].signedLittleEndian) / 10) }
        case 0x4801: facts.tellRounded(.temperature_c, value.float, to: 10)
        case 0x4C01: facts.tellRounded(.temperature_c, value.float, to: 100)
        case 0x2000: tellBodyTemperature(value, &facts)
        case 0x100A, 0x4803, 0x4C03, 0x5003: facts.tellMeasured(.battery_percent, value.number(1).map { Int64($0) }, over: 1)
        case 0x4A01, 0x4E01: facts.tell(.battery_low, value.byte.map { $0 != 0 })
        case 0x2001: if value.count == 4 { facts.tell(.steps, number: Double(value[0..<2].littleEndian)) }
        case 0x2003:
            guard value.count == 4 else { return false }
            facts.tell(.steps, number: Double(value[0..<2].littleEndian))
            facts.tell(.heart_rate_bpm, number: Double(value[2..<3].littleEndian))
        case 0x6E16: tellScale(value, &facts)
        case 0x6461: facts.tell(.worn, value.byte.map { $0 == 0 })
        case 0x101C: facts.tell(.in_bed, value.flag)
        default: return tellAlarm(id, value, of: product, &facts)
        }
        return false
    }

    private static func tellAlarm(_ id: UInt16, _ value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) -> Bool {
        switch id {
        case 0x000D, 0x1015: return tellDetector(.smoke, value, faults: [2], drills: [3, 4], &facts)
        case 0x000E, 0x1016: return tellDetector(.gas, value, faults: [2, 3], drills: [5, 6], ignored: [4], &facts)
        case 0x000C, 0x1014, 0x4806: facts.tell(.water_leak, value.byte.map { $0 != 0 })
        // A second sensor on top: that it is dry says nothing of the floor.
        case 0x487B: if value.byte.map({ $0 != 0 }) == true { facts.tell(.water_leak, .bool(true)) }
        case 0x4A68:
            if let event = value.byte, event <= 2 { facts.tell(.water_leak, .bool(event != 1)) }
        case 0x1017: facts.tell(.motion, value.number(4).map { $0 <= MiBeaconProduct.stillMoving })
        case 0x4818: facts.tell(.motion, value.number(2).map { $0 <= MiBeaconProduct.stillMoving })
        case 0x101B: facts.tell(.motion, value.byte.map { $0 == 0 })
        case 0x000F: if value.count == 3 { facts.tell(.motion, .bool(true)) }
        case 0x4A08: if value.count == 4 { facts.tell(.motion, .bool(true)) }
        case 0x483C: facts.tell(.presence, value.flag)
        case 0x484E: facts.tell(.presence, value.byte.map { product == .xmosb01xs ? $0 == 1 : $0 != 0 })
        default: return tellDoor(id, value, of: product, &facts)
        }
        return false
    }

    private static func tellDoor(_ id: UInt16, _ value: MiBeaconValue, of product: MiBeaconProduct, _ facts: inout FactList) -> Bool {
        guard let state = value.byte else { return true }
        switch (id, state) {
        // Open, shut, left open, knocked at, forced, stuck.
        case (0x0007, 0...5):
            facts.tell(.door_open, .bool(state == 0 || state == 2 || state == 4))
            if state == 1 || state == 4 { facts.tell(.tamper, .bool(state == 4)) }
        case (0x1019, 0...2): facts.tell(.door_open, .bool(state != 1))
        case (0x480C, 0...1): facts.tell(.door_open, .bool(state == 0))
        case (0x100F, 0...1) where product == .safeBox: facts.tell(.door_open, .bool(state == 1))
        case (0x4804, 1...2), (0x4A12, 1...2):
            facts.tell(.door_open, .bool(state == 1))
            if state == 2 { facts.tell(.tamper, .bool(false)) }
        case (0x4A1A, 1): facts.tell(.door_open, .bool(true))
        // Torn off: who does that can open what it watched.
        case (0x4A0F, 1):
            facts.tell(.door_open, .bool(true))
            facts.tell(.tamper, .bool(true))
        default: return true
        }
        return false
    }

    /// A detector's state. Its own test is a drill; a state that is not known is taken for an alarm.
    private static func tellDetector(
        _ kind: ObservationKind, _ value: MiBeaconValue, faults: Set<UInt8>, drills: Set<UInt8>, ignored: Set<UInt8> = [],
        _ facts: inout FactList
    ) -> Bool {
        guard let state = value.byte else { return false }
        switch state {
        case 0:
            facts.tell(kind, .bool(false))
            facts.tell(.sensor_fault, .bool(false))
        case _ where faults.contains(state): facts.tell(.sensor_fault, .bool(true))
        case _ where drills.contains(state): return true
        case _ where ignored.contains(state): break
        default: facts.tell(kind, .bool(true))
        }
        return false
    }

    /// Temperatures of the skin and of the board; between 36.5 and 37.8 °C what the maker's app makes of them.
    // Source: Bluetooth-Devices/xiaomi-ble src/xiaomi_ble/parser.py (obj2000).
    private static func tellBodyTemperature(_ value: MiBeaconValue, _ facts: inout FactList) {
        guard value.count == 5 else { return }
        let skin = Double(value[0..<2].signedLittleEndian) / 100
        let board = Double(value[2..<4].signedLittleEndian) / 100
        let body = 3.71934e-11 * exp(0.69314 * skin) - 1.02801e-8 * exp(0.53871 * board) + 36.413
        facts.tell(.body_temperature_c, number: body)
        facts.tell(.battery_percent, number: Double(value[4..<5].littleEndian))
    }

    /// A body scale: after who stands on it 11 bits of weight, 7 of the pulse above 50, the rest impedance. 0 and 127 are no pulse.
    private static func tellScale(_ value: MiBeaconValue, _ facts: inout FactList) {
        guard value.count == 9 else { return }
        let pulse = value[1..<5].littleEndian >> 11 & 0x7F
        if pulse > 0, pulse < 0x7F { facts.tell(.heart_rate_bpm, number: Double(pulse + 50)) }
    }
}

extension MiBeaconValue {
    /// A single byte, 0 or 1.
    var flag: Bool? { number(1).flatMap { $0 <= 1 ? $0 == 1 : nil } }
}

extension FactList {
    fileprivate mutating func tell(_ kind: ObservationKind, _ flag: Bool?) { if let flag { tell(kind, .bool(flag)) } }

    fileprivate mutating func tellMeasured(_ kind: ObservationKind, _ value: Int64?, over divisor: Double) {
        if let value { tell(kind, number: Double(value) / divisor) }
    }

    /// Tells a number of single precision as the device meant it: 25.2 and not 25.200000762939453.
    fileprivate mutating func tellRounded(_ kind: ObservationKind, _ value: Double?, to parts: Double) {
        if let value { tell(kind, number: (value * parts).rounded() / parts) }
    }
}
