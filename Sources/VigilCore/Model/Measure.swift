/// What people call a value that is a number, and what it is counted in.
struct Measure: Hashable, Sendable {
    let name: LocalizedText
    /// Written behind the number, with the space that belongs between them; empty for what is only counted.
    let unit: LocalizedText

    init(zh chinese: String, en english: String, unit: String) {
        self.init(zh: chinese, en: english, unit: LocalizedText(zh: unit, en: unit))
    }

    init(zh chinese: String, en english: String, unit: LocalizedText) {
        name = LocalizedText(zh: chinese, en: english)
        self.unit = unit
    }

    /// The value in a sentence: "heart rate 171 bpm".
    func said(_ value: Double) -> LocalizedText {
        let number = Self.shown(value)
        return LocalizedText(zh: "\(name.chinese) \(number)\(unit.chinese)", en: "\(name.english) \(number)\(unit.english)")
    }

    /// A number as people write it: whole ones without a fraction.
    static func shown(_ value: Double) -> String { Int64(exactly: value).map(String.init) ?? String(value) }
}

extension ObservationKind {
    /// Words and unit of a kind that is a number; nil for all others.
    var measure: Measure? {
        switch self {
        case .heart_rate_bpm: Measure(zh: "心率", en: "heart rate", unit: LocalizedText(zh: " 次/分", en: " bpm"))
        case .respiration_rpm: Measure(zh: "呼吸", en: "breathing", unit: LocalizedText(zh: " 次/分", en: " per minute"))
        case .spo2_percent: Measure(zh: "血氧", en: "oxygen saturation", unit: "%")
        case .glucose_mmol_l: Measure(zh: "血糖", en: "blood glucose", unit: " mmol/L")
        case .body_temperature_c: Measure(zh: "体温", en: "body temperature", unit: " °C")
        case .temperature_c: Measure(zh: "室温", en: "temperature", unit: " °C")
        case .battery_percent: Measure(zh: "电量", en: "battery", unit: "%")
        case .battery_mv: Measure(zh: "电池电压", en: "battery voltage", unit: " mV")
        case .steps: Measure(zh: "步数", en: "steps", unit: "")
        case .meter_water_l: Measure(zh: "水表", en: "water meter", unit: " L")
        case .meter_energy_wh: Measure(zh: "电表", en: "electricity meter", unit: " Wh")
        case .meter_gas_l: Measure(zh: "燃气表", en: "gas meter", unit: " L")
        default: nil
        }
    }
}
