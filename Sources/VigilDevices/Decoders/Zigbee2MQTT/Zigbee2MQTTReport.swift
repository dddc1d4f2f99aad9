import VigilCore

/// What one publication said of a device, gathered by field, so that rules across fields do not depend on their order.
struct Zigbee2MQTTReport {
    /// A handful: to look through them is quicker than to keep a place for every field.
    private var readings: [(field: Zigbee2MQTTField, value: Scalar)] = []
    private var read: UInt64 = 0
    private var named: UInt64 = 0

    init() { readings.reserveCapacity(12) }

    /// What was said of a field; nil where it was not named or has no reading.
    subscript(field: Zigbee2MQTTField) -> Scalar? {
        guard read & Self.bit(field) != 0 else { return nil }
        return readings.first { $0.field == field }?.value
    }

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
        guard read & Self.bit(field) != 0, let place = readings.firstIndex(where: { $0.field == field }) else {
            read |= Self.bit(field)
            return readings.append((field, value))
        }
        if !field.outweighs(readings[place].value) { readings[place].value = value }
    }

    private static func bit(_ field: Zigbee2MQTTField) -> UInt64 { 1 << UInt64(field.rawValue) }
}
