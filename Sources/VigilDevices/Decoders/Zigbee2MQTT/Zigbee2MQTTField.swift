/// The properties that mean something here, out of the thousands that devices expose. The names are the wire's.
// Source: zigbee-herdsman-converters src/lib/exposes.ts (presets) and src/converters/fromZigbee.ts (ias_*); the radars from
// src/devices/heiman.ts (HS2FD), tuya.ts (MIR-HE200-TY) and owon.ts (FDS315).
enum Zigbee2MQTTField: Int, CaseIterable, Sendable {
    // Life.
    case smoke, test, gas, carbon_monoxide, water_leak, sos, emergency, panic, action, click
    case fall_status, fall_down_status, status
    // Presence and movement.
    case occupancy, presence, vibration, contact
    case breathing_rate, heart_rate
    // The room and the meter.
    case temperature, device_temperature, humidity, energy
    // The device itself.
    case battery, battery_low, voltage, tamper, trouble, battery_defect, last_seen

    /// Finds a field by its wire name.
    static let table = KeyTable(allCases.map { (name: "\($0)", entry: $0) })
}
