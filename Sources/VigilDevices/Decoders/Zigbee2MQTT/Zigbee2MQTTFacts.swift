import VigilCore

/// Turns a report into observations: what each property of Zigbee2MQTT means.
struct Zigbee2MQTTFacts {
    var report = Zigbee2MQTTReport()
    private var facts = FactList()

    /// The facts, most urgent first. A device that says nothing else is at least alive.
    var decoded: Decoded {
        mutating get {
            readTime()
            tellAlarms()
            tellFalls()
            tellAction()
            tellPresence()
            tellMovedThings()
            tellMeasurements()
            tellCondition()
            return facts.decoded
        }
    }

    private mutating func readTime() {
        facts.eventTime =
            switch report[.last_seen] {
            case .number(let number): EventTime(wireNumber: number)
            case .text(let text): EventTime(iso8601: text) ?? text.number.flatMap { EventTime(wireNumber: $0) }
            default: nil
            }
        if facts.eventTime == nil, report[.last_seen] != nil { fault(.last_seen, "neither milliseconds nor a time in ISO 8601") }
    }

    // MARK: Telling

    mutating func tell(_ kind: ObservationKind, _ value: ObservationValue, nature: Observation.Nature = .level) {
        facts.tell(kind, value, nature: nature)
    }

    /// Tells a level that is true when one of the fields is, and false when all that were sent are.
    mutating func tell(_ kind: ObservationKind, anyOf fields: Zigbee2MQTTField...) {
        if let flag = flag(anyOf: fields) { tell(kind, .bool(flag)) }
    }

    /// Tells a number in the unit of its kind. One that no sensor measures (0 or 255 heart beats) means "not measured".
    mutating func tell(_ kind: ObservationKind, _ field: Zigbee2MQTTField, times factor: Double = 1) {
        facts.tell(kind, report[field], named: "\(field)", times: factor)
    }

    mutating func fault(_ field: Zigbee2MQTTField, _ reason: String) { facts.fault("\(field)", reason) }

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
