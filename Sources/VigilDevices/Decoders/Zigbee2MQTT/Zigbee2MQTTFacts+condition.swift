import VigilCore

/// What was measured, and how the device itself is.
extension Zigbee2MQTTFacts {
    mutating func tellMeasurements() {
        tell(.heart_rate_bpm, .heart_rate)
        tell(.respiration_rpm, .breathing_rate)
        // Sensors with a chip thermometer repeat it as `temperature`; only one that measures the air as well means the room.
        if !report.names(.device_temperature) || report.names(.humidity) { tell(.temperature_c, .temperature) }
        tell(.meter_energy_wh, .energy, times: 1000)
        // Source: docs/devices/: meters count cubic metres, watering valves litres; without a mark of either nobody knows.
        if report.names(.last_valve_open_duration) {
            tell(.meter_water_l, .water_consumed)
        } else if report.names(.flow) {
            tell(.meter_water_l, .water_consumed, times: 1000)
        }
        if isGasMeter { tell(.meter_gas_l, .gas, times: 1000) }
    }

    /// Whether `gas` is a meter's.
    // Source: fromZigbee.ts gas_metering: always with the rate of flow; exposes.ts: cubic metres.
    var isGasMeter: Bool { if case .number = report[.gas] { report.names(.flow) } else { false } }

    mutating func tellCondition() {
        tell(.battery_percent, .battery)
        tellBatteryLow()
        // `voltage` is a battery's in millivolts and the mains' in volts: no mains has a thousand.
        if let voltage = report[.voltage]?.number, voltage >= 1000 { tell(.battery_mv, .voltage) }
        tell(.tamper, anyOf: .tamper)
        tellFault()
    }

    private mutating func tellBatteryLow() {
        var isLow = flag(.battery_low)
        // Source: tuya.ts: `low`, `middle` or `medium`, `high`, `usb`; chargers use other words.
        switch report[.battery_state]?.text {
        case let text? where text == "low": isLow = true
        case let text? where text == "middle" || text == "medium" || text == "high" || text == "usb" || text == "USB":
            isLow = isLow ?? false
        default: break
        }
        if let isLow { tell(.battery_low, .bool(isLow)) }
    }

    private mutating func tellFault() {
        var isFaulty = flag(anyOf: [.trouble, .battery_defect, .device_fault])
        // Flags of some devices, words of others.
        // Source: docs/devices/ZB-DG03.md (none, fault, sensor_fault, ...), HS1SA-E-PLUS.md (normal, fault, pollution_fault, ...).
        for field in [Zigbee2MQTTField.fault, .fault_state, .fault_alarm] {
            switch report[field] {
            case .bool(let flag): isFaulty = (isFaulty ?? false) || flag
            case .text(let text) where text == "none" || text == "normal": isFaulty = isFaulty ?? false
            case .text(let text) where text.hasSuffix("fault"): isFaulty = true
            default: continue
            }
        }
        if let isFaulty { tell(.sensor_fault, .bool(isFaulty)) }
    }
}
