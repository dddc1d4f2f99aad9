/// The properties that mean something here, out of the thousands that devices expose. The names are the wire's.
// Source: zigbee-herdsman-converters src/lib/exposes.ts (presets), src/lib/modernExtend.ts (iasZoneAlarm) and
// src/converters/fromZigbee.ts (ias_*); what single models add stands in the devices' pages, Koenkk/zigbee2mqtt.io docs/devices/.
enum Zigbee2MQTTField: Int, CaseIterable, Sendable {
    // Life.
    case smoke, smoke_state, test, test_mode, gas, carbon_monoxide, water_leak, sos, emergency, panic, action, click
    case fall_status, fall_down_status, status
    // Presence and movement.
    case occupancy, presence, presence_state, motion, motion_state, movement, pir_detection, work_state
    case vibration, moving, contact, opening_state, door_state, state
    case breathing_rate, heart_rate
    // The room and the meter.
    case temperature, device_temperature, humidity, energy, water_consumed
    // The device itself.
    case battery, battery_low, battery_state, voltage, tamper, trouble, battery_defect, device_fault, fault, fault_state, fault_alarm
    case last_seen

    // Marks, each with others of its sort: what only tells which device it is, so that a property of the same name can be read for what
    // it is there.
    /// Whoever sends one of these sends all bits of one zone status at once.
    case supervision_reports
    /// A detector whose test is a property of its own, told apart from its alarm.
    case linkage_alarm
    /// A radar: it sees who does not move.
    case target_distance
    /// Its `state` is no switch that a person presses: a thermostat's, a valve's, a lock's, a cover's, a siren's.
    case lock_state
    /// A thermostat, whose `occupancy` is a mode.
    case local_temperature
    /// An acceleration sensor.
    case x_axis
    /// A meter in cubic metres.
    case flow
    /// A valve that counts litres.
    case last_valve_open_duration

    /// Further wire names of a field.
    private var others: [String] {
        switch self {
        // Source: modernExtend.ts iasZoneAlarm, devices that use both alarms of their zone.
        case .smoke, .gas, .carbon_monoxide, .vibration: Self.bothAlarms("\(self)")
        case .water_leak, .occupancy: Self.bothAlarms("\(self)") + Self.endpoints("\(self)")
        // Source: lib/extension/homeassistant.ts, BINARY_DISCOVERY_LOOKUP: the same polarity.
        case .contact: Self.bothAlarms("\(self)") + Self.endpoints("\(self)") + ["garage_door_contact"]
        case .state: Self.endpoints("\(self)")
        case .motion_state: ["human_motion_state"]
        case .supervision_reports: ["restore_reports", "ac_status", "ac_connected"]
        // Source: lib/lumi.ts, attributes 160 (alarm) and 162 (test) of JY-GZ-01AQ and JT-BZ-01AQ/A; tuya.ts, smoke and gas sensors.
        case .linkage_alarm:
            [
                "smoke_density", "gas_density", "buzzer_manual_mute", "smoke_concentration", "smoke_value",
                "gas_value",
                "self_test", "self_checking",
            ]
        case .local_temperature: ["system_mode", "current_heating_setpoint", "occupied_heating_setpoint"]
        case .lock_state: ["alarm", "position", "preset", "running_state", "tilt", "valve_state"]
        case .flow: ["flow_rate", "volume_flow_rate", "month_consumption", "monthly_water_consumption"]
        default: []
        }
    }

    private static func bothAlarms(_ name: String) -> [String] { ["\(name)_alarm_1", "\(name)_alarm_2"] }

    // Source: src/lib/utils.ts postfixWithEndpointName; the usual names of endpoints.
    private static func endpoints(_ name: String) -> [String] {
        ["left", "center", "right", "top", "bottom"].map { "\(name)_\($0)" } + (1...8).flatMap { ["\(name)_l\($0)", "\(name)_\($0)"] }
    }

    /// Where several wire names stand for one field, the value that outweighs the others: an open door, a leak, a lamp that is on.
    func outweighs(_ value: Scalar) -> Bool {
        if case .text(let text) = value { return self == .state && text == "ON" }
        return value.bool == (self != .contact)
    }

    /// Finds a field by its wire name.
    static let table = KeyTable(allCases.flatMap { field in (["\(field)"] + field.others).map { (name: $0, entry: field) } })
}
