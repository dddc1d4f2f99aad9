import VigilCore

/// How Vigil's own dialect writes each kind.
extension ObservationKind {
    /// The type of a kind's value on the wire.
    enum NativeShape {
        case flag, number, word
        /// `online` or `offline`.
        case connection
        /// `120/80`, systolic and diastolic.
        case bloodPressure
        /// The name of a kind of which nothing could be measured.
        case kindName
        /// Not to be sent as an observation.
        case elsewhere
    }

    var nativeShape: NativeShape {
        switch self {
        case .smoke, .smoke_test, .gas, .fall, .fall_suspected, .sos, .cancel, .alarm_unspecified, .motion, .presence, .door_open,
            .water_leak, .vibration, .in_bed, .left_bed_alarm, .apnea_alarm, .worn, .switch, .battery_low, .tamper, .sensor_fault,
            .device_alive, .device_restart, .gateway_alive, .visit:
            .flag
        case .heart_rate_bpm, .respiration_rpm, .spo2_percent, .glucose_mmol_l, .body_temperature_c, .temperature_c, .steps,
            .meter_water_l, .meter_energy_wh, .meter_gas_l, .battery_percent, .battery_mv:
            .number
        case .button, .position, .tag_seen: .word
        case .availability, .bridge_availability: .connection
        case .blood_pressure_mmhg: .bloodPressure
        case .not_measured: .kindName
        case .acceleration: .elsewhere
        }
    }

    /// What a device of ours says once is an event; what holds until it says otherwise is a level.
    var nativeNature: Observation.Nature {
        switch self {
        case .smoke_test, .fall, .fall_suspected, .sos, .cancel, .alarm_unspecified, .vibration, .button, .left_bed_alarm, .apnea_alarm,
            .not_measured, .tag_seen, .device_alive, .device_restart, .gateway_alive, .visit, .acceleration:
            .event
        case .smoke, .gas, .motion, .presence, .door_open, .water_leak, .in_bed, .heart_rate_bpm, .respiration_rpm, .spo2_percent,
            .blood_pressure_mmhg, .glucose_mmol_l, .body_temperature_c, .temperature_c, .worn, .steps, .position, .switch,
            .meter_water_l, .meter_energy_wh, .meter_gas_l, .battery_percent, .battery_low, .battery_mv, .tamper, .sensor_fault,
            .availability, .bridge_availability:
            .level
        }
    }

    /// Finds a kind by its wire name.
    static let nativeTable = KeyTable(allCases.map { (name: $0.rawValue, entry: $0) })
}
