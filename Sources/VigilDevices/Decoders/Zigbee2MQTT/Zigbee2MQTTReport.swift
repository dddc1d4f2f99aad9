import VigilCore

/// What one publication said of a device, gathered by field, so that rules across fields do not depend on their order.
struct Zigbee2MQTTReport {
    private var values = InlineArray<64, Scalar?>(repeating: nil)
    private var named: UInt64 = 0

    /// What was said of a field; nil where it was not named or has no reading.
    subscript(field: Zigbee2MQTTField) -> Scalar? { values[field.rawValue] }

    /// The field was named, with a reading or without: what tells one device from another.
    func names(_ field: Zigbee2MQTTField) -> Bool { named & Self.bit(field) != 0 }

    /// One of the fields was named.
    func names(anyOf fields: Zigbee2MQTTField...) -> Bool { fields.contains { names($0) } }

    /// Nothing but this field was named, as on an attribute's topic.
    func namesOnly(_ field: Zigbee2MQTTField) -> Bool { named == Self.bit(field) }

    mutating func note(_ field: Zigbee2MQTTField, _ value: Scalar) {
        named |= Self.bit(field)
        // Null, empty and unknown keep what was known before.
        guard !value.isNoReading else { return }
        if let known = values[field.rawValue], field.outweighs(known) { return }
        values[field.rawValue] = value
    }

    private static func bit(_ field: Zigbee2MQTTField) -> UInt64 { 1 << UInt64(field.rawValue) }

    /// The facts, most urgent first. A device that says nothing else is at least alive.
    var decoded: Decoded {
        var facts = Zigbee2MQTTFacts(report: self)
        facts.tellAlarms()
        facts.tellFalls()
        facts.tellAction()
        facts.tellPresence()
        facts.tellMovedThings()
        facts.tellMeasurements()
        facts.tellCondition()
        return facts.decoded
    }
}
