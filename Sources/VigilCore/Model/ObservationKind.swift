/// What a fact is about; the raw values are the vocabulary of configuration, replay files and `vigil decode`.
///
/// Add a kind only with a device that sends it. Units are in the name.
public enum ObservationKind: String, CaseIterable, Codable, Sendable {
    case smoke, smoke_test, gas, fall, fall_suspected, sos, cancel, alarm_unspecified
    case motion, presence, door_open, water_leak, vibration, button, in_bed, left_bed_alarm, apnea_alarm
    case heart_rate_bpm, respiration_rpm, spo2_percent, blood_pressure_mmhg, glucose_mmol_l
    case body_temperature_c, temperature_c, not_measured
    case worn, steps, position, tag_seen, `switch`
    case meter_water_l, meter_energy_wh, meter_gas_l
    case battery_percent, battery_low, battery_mv, tamper, sensor_fault
    case device_alive, device_restart, availability, bridge_availability, gateway_alive
    case visit, acceleration

    /// Values outside mean "not measured": 0 and 255 heart rates, a thermometer at -3276.8. nil for kinds that are not numbers.
    public var plausibleRange: ClosedRange<Double>? {
        switch self {
        case .heart_rate_bpm: 20...250
        case .respiration_rpm: 3...80
        case .spo2_percent: 40...100
        case .glucose_mmol_l: 0.5...60
        case .body_temperature_c: 25...45
        case .temperature_c: -60...150
        case .battery_percent: 0...100
        case .battery_mv: 100...20_000
        case .steps: 0...1_000_000
        case .meter_water_l, .meter_energy_wh, .meter_gas_l: 0...1e12
        default: nil
        }
    }

    /// Its value is one number, which may be held against a limit.
    public var isNumber: Bool { plausibleRange != nil }

    /// Somebody is called when it happens, however a device says it: nobody is by what a broker kept.
    public var isCall: Bool {
        switch self {
        case .sos, .fall, .fall_suspected, .alarm_unspecified, .apnea_alarm, .left_bed_alarm: true
        default: false
        }
    }

    /// A person is about: what re-arms rules of absence. A level counts when it becomes true or changes its number.
    public var isActivity: Bool {
        switch self {
        case .motion, .presence, .door_open, .vibration, .button, .in_bed, .steps, .sos, .cancel, .visit, .switch,
            .meter_water_l, .meter_energy_wh, .meter_gas_l:
            true
        default: false
        }
    }
}
