import VigilCore

/// What one publication said of a device, gathered by field, so that rules across fields do not depend on their order.
struct Zigbee2MQTTReport {
    private var values = InlineArray<32, Scalar?>(repeating: nil)
    private var named: UInt32 = 0

    /// What was said of a field; nil where it was not named or has no reading.
    subscript(field: Zigbee2MQTTField) -> Scalar? { values[field.rawValue] }

    /// The field was named, with a reading or without: what tells one device from another.
    func names(_ field: Zigbee2MQTTField) -> Bool { named & 1 << UInt32(field.rawValue) != 0 }

    mutating func note(_ field: Zigbee2MQTTField, _ value: Scalar) {
        named |= 1 << UInt32(field.rawValue)
        // Null, empty and unknown keep what was known before.
        if !value.isNoReading { values[field.rawValue] = value }
    }

    /// The facts, most urgent first. A device that says nothing else is at least alive.
    var decoded: Decoded {
        var facts = Zigbee2MQTTFacts(report: self)
        facts.tellAlarms()
        facts.tellFalls()
        facts.tellAction()
        facts.tellPresence()
        facts.tellMeasurements()
        facts.tellCondition()
        return facts.decoded
    }
}
