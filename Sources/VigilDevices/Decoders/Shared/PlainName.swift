import VigilCore

/// What a name that people chose for a sensor means, where it is plain: `kitchen_smoke`, `Real-time heart rate`, `falling_detected`.
///
/// ESPHome and Homie give no meaning beside the name. Only whole words count, and only at the end of the name: what stands behind them makes
/// another thing of it (`smoke_test`, `fall_count`, `door_bell`). A name that may mean something else means nothing.
struct PlainName {
    /// What is told of it.
    enum Meaning: Equatable {
        /// True or false.
        case flag(ObservationKind)
        /// A number in the unit of the kind.
        case measure(ObservationKind)
        /// Pressed.
        case press
    }

    let meaning: Meaning
    /// Nothing else stands in the name, so it speaks for the device as a whole; `kitchen_motion` beside `hall_motion` does not.
    let isWhole: Bool

    static let longest = 128
    private static let mostWords = 12
    private static let longestPhrase = 3

    /// - Parameter setAside: words that say nothing more, such as the device's own name.
    init?(_ name: Substring, setAside: Substring = "") {
        guard name.utf8.count <= Self.longest else { return nil }
        var words = Self.words(name)
        guard !words.isEmpty, words.count <= Self.mostWords else { return nil }
        let ownName = Self.words(setAside)
        let known = Self.fillers.union(ownName)
        let isOneOfSeveral = words.last.map { Self.isNumber($0) || words.count > 2 && Self.sides.contains($0) } ?? false
        if isOneOfSeveral { words.removeLast() }
        for length in (1...Self.longestPhrase).reversed() where length <= words.count {
            guard let meaning = Self.phrases[words.suffix(length).joined(separator: " ")] else { continue }
            let others = words.dropLast(length)
            guard !others.contains(where: Self.turning.contains) else { return nil }
            guard !Self.isOther(meaning, isBare: length == 1 ? words.last : nil, Array(others), ownName) else { return nil }
            self.meaning = meaning
            isWhole = !isOneOfSeveral && others.allSatisfy(known.contains)
            return
        }
        return nil
    }

    /// Small letters and digits between anything else.
    static func words(_ name: some StringProtocol) -> [String] {
        name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.map { String($0) }
    }

    private static let sides: Set<String> = ["left", "right"]

    static func isNumber(_ word: String) -> Bool { word.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// Words that add nothing.
    static let fillers: Set<String> = ["real", "time", "realtime", "current", "radar", "mmwave", "human", "average", "room"]

    /// Exact phrases at the end of a name. A door, a window and a leak are `true` when open and wet: Home Assistant's device classes, which
    /// ESPHome shares.
    // Source: home-assistant.io/integrations/binary_sensor (device classes); esphome.io/components/seeed_mr60fda2, seeed_mr60bha2, ld2410.
    private static let phrases: [String: Meaning] = {
        var phrases: [String: Meaning] = [:]
        func add(_ meaning: Meaning, _ bases: [String], _ endings: [String] = [""]) {
            for base in bases {
                for ending in endings { phrases[ending.isEmpty ? base : "\(base) \(ending)"] = meaning }
            }
        }
        let alarms = ["", "detected", "detector", "sensor", "alarm", "alert"]
        add(.flag(.smoke), ["smoke"], alarms)
        add(.flag(.smoke), ["fire"], ["", "detected", "alarm"])
        add(.flag(.gas), ["gas"], ["leak", "leakage", "detected", "detector", "sensor", "alarm"])
        add(.flag(.gas), ["carbon monoxide"], ["", "detected", "detector", "alarm"])
        // By itself it may be anything.
        add(.flag(.gas), ["co"], ["detected", "alarm"])
        add(.flag(.water_leak), ["leak", "flood", "moisture"], alarms)
        add(.flag(.water_leak), ["water"], ["leak", "leakage", "detected"])
        add(.flag(.apnea_alarm), ["apnea", "apnoea"], ["", "detected", "alarm"])
        add(.flag(.fall), ["fall", "falling", "fallen"], ["", "detected", "detection", "state", "alarm", "alert"])
        add(.flag(.sos), ["sos", "panic"], ["", "button", "alarm", "call"])
        add(.flag(.sos), ["emergency", "help"], ["", "button", "call"])
        add(.flag(.sos), ["nurse call"])
        add(.flag(.motion), ["motion", "pir"], ["", "detected", "detector", "sensor"])
        add(.flag(.motion), ["moving target", "pir motion"])
        add(.flag(.presence), ["presence", "occupancy"], ["", "detected", "sensor", "information"])
        add(
            .flag(.presence),
            [
                "occupied", "people exist", "people exists", "someone exists", "has person", "person information", "person detected",
                "has target",
            ])
        add(.flag(.in_bed), ["in bed", "bed occupied", "bed occupancy", "bed presence", "bed sensor"])
        add(.flag(.door_open), ["door", "window"], ["", "open", "sensor"])
        add(.flag(.door_open), ["opening"])
        add(.flag(.vibration), ["vibration"], ["", "detected", "sensor"])
        add(.flag(.tamper), ["tamper"], ["", "detected", "alarm"])
        add(.flag(.battery_low), ["battery low", "low battery"])
        add(.press, ["button", "doorbell", "pushbutton"])
        add(.measure(.heart_rate_bpm), ["heart rate", "heartrate", "heartbeat", "heartbeat rate", "heart beat", "pulse rate"])
        add(
            .measure(.respiration_rpm),
            ["breath rate", "breathing rate", "respiratory rate", "respiration rate", "respiration", "breaths per minute"])
        add(.measure(.spo2_percent), ["spo2", "blood oxygen"])
        add(.measure(.body_temperature_c), ["body temperature"])
        add(.measure(.temperature_c), ["temperature"])
        add(.measure(.battery_percent), ["battery"], ["level", "percent", "percentage"])
        add(.measure(.battery_mv), ["battery voltage"])
        return phrases
    }()
}

extension FactList {
    /// Above it a room is no room.
    private static let hottestRoom = 60.0

    /// Tells what stands under a plain name.
    ///
    /// - Parameter unit: as far as it was said; without it that of everyday use.
    mutating func tell(_ name: PlainName, _ value: Scalar, unit: String? = nil) {
        switch name.meaning {
        case .flag(let kind): tell(flag: kind, value.looseBool.map { .bool($0) } ?? value, named: "\(kind)")
        case .press:
            if value.looseBool == true { tell(.button, .text("press"), nature: .event) }
        case .measure(let kind):
            // `nan` is how ESPHome writes that it has not measured.
            if let text = value.text, text.isSame(ignoringCase: "nan") { return tellNotMeasured(kind) }
            guard !value.isNoReading else { return }
            guard let stated = value.number else { return fault("\(kind)", "not a number") }
            guard let number = Self.inUnit(of: kind, stated, unit) else { return fault("\(kind)", "in a unit that nobody knows") }
            let isDoubtful = kind == .temperature_c && unit == nil && number > Self.hottestRoom
            if isDoubtful, kind.plausibleRange?.contains(number) == true {
                return fault("\(kind)", "too hot for a room: in Fahrenheit?")
            }
            tell(kind, number: number)
        }
    }

    /// The number in the unit of its kind; nil where the unit is none of it.
    private static func inUnit(of kind: ObservationKind, _ number: Double, _ unit: String?) -> Double? {
        switch (kind, unit) {
        case (.battery_mv, nil), (.battery_mv, "V"): number * 1000
        case (.battery_mv, "mV"): number
        case (_, nil): number
        case (.temperature_c, "°C"), (.body_temperature_c, "°C"), (.temperature_c, "C"), (.body_temperature_c, "C"): number
        case (.temperature_c, "°F"), (.body_temperature_c, "°F"), (.temperature_c, "F"), (.body_temperature_c, "F"):
            Double(fahrenheit: number)
        case (.temperature_c, _), (.body_temperature_c, _), (.battery_mv, _): nil
        case (.battery_percent, "%"), (.spo2_percent, "%"): number
        case (.battery_percent, _), (.spo2_percent, _): nil
        default: number
        }
    }
}
