import VigilCore

/// Turns a report into observations: what each property of Zigbee2MQTT means.
struct Zigbee2MQTTFacts {
    let report: Zigbee2MQTTReport
    private let eventTime: EventTime?
    private var observations: [Observation] = []
    private var faults: [String] = []

    init(report: Zigbee2MQTTReport) {
        self.report = report
        observations.reserveCapacity(4)
        eventTime =
            switch report[.last_seen] {
            case .number(let number): EventTime(wireNumber: number)
            case .text(let text): EventTime(iso8601: text) ?? text.number.flatMap { EventTime(wireNumber: $0) }
            default: nil
            }
        if eventTime == nil, report[.last_seen] != nil { faults.append("last_seen: neither milliseconds nor a time in ISO 8601") }
    }

    var decoded: Decoded {
        guard observations.isEmpty else { return Decoded(observations, faults: faults) }
        return Decoded([Observation(.device_alive, .bool(true), nature: .event, eventTime: eventTime)], faults: faults)
    }

    // MARK: Telling

    mutating func tell(_ kind: ObservationKind, _ value: ObservationValue, nature: Observation.Nature = .level) {
        observations.append(Observation(kind, value, nature: nature, eventTime: eventTime))
    }

    /// Tells a level that is true when one of the fields is, and false when all that were sent are.
    mutating func tell(_ kind: ObservationKind, anyOf fields: Zigbee2MQTTField...) {
        if let flag = flag(anyOf: fields) { tell(kind, .bool(flag)) }
    }

    /// Tells a number in the unit of its kind. One that no sensor measures (0 or 255 heart beats) means "not measured".
    mutating func tell(_ kind: ObservationKind, _ field: Zigbee2MQTTField, times factor: Double = 1) {
        guard let value = report[field] else { return }
        guard let number = value.number else { return fault(field, "not a number") }
        let scaled = number * factor
        let isPlausible = kind.plausibleRange.map { $0.contains(scaled) } ?? scaled.isFinite
        if isPlausible { tell(kind, .number(scaled)) } else { tell(.not_measured, .text(kind.rawValue), nature: .event) }
    }

    mutating func fault(_ field: Zigbee2MQTTField, _ reason: String) { faults.append("\(field): \(reason)") }

    // MARK: Reading

    mutating func flag(_ field: Zigbee2MQTTField) -> Bool? {
        guard let value = report[field] else { return nil }
        if let bool = value.bool { return bool }
        fault(field, "neither true nor false")
        return nil
    }

    mutating func flag(anyOf fields: [Zigbee2MQTTField]) -> Bool? {
        var result: Bool?
        for field in fields {
            if let flag = flag(field) { result = (result ?? false) || flag }
        }
        return result
    }
}
