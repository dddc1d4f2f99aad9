import VigilCore

/// Who is about, what was measured, and how the device itself is.
extension Zigbee2MQTTFacts {
    mutating func tellPresence() {
        if report[.presence] != nil {
            tell(.presence, anyOf: .presence)
            tell(.motion, anyOf: .occupancy)
        } else if report.names(.fall_status) {
            // Source: heiman.ts, HS2FD: bit 0 of its occupancy is "someone is there", moving or not.
            tell(.presence, anyOf: .occupancy)
        } else {
            tell(.motion, anyOf: .occupancy)
        }
        tell(.vibration, anyOf: .vibration)
        // Source: exposes.ts: the contact is closed (true) or open (false).
        if let isClosed = flag(.contact) { tell(.door_open, .bool(!isClosed)) }
    }

    mutating func tellMeasurements() {
        tell(.heart_rate_bpm, .heart_rate)
        tell(.respiration_rpm, .breathing_rate)
        // Sensors with a chip thermometer repeat it as `temperature`; only one that measures the air as well means the room.
        if !report.names(.device_temperature) || report.names(.humidity) { tell(.temperature_c, .temperature) }
        tell(.meter_energy_wh, .energy, times: 1000)
    }

    mutating func tellCondition() {
        tell(.battery_percent, .battery)
        tell(.battery_low, anyOf: .battery_low)
        // `voltage` is a battery's in millivolts and the mains' in volts: no mains has a thousand.
        if let voltage = report[.voltage]?.number, voltage >= 1000 { tell(.battery_mv, .voltage) }
        tell(.tamper, anyOf: .tamper)
        tell(.sensor_fault, anyOf: .trouble, .battery_defect)
    }
}
