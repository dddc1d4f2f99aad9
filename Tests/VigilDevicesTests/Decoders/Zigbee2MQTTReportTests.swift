import Testing

@testable import VigilDevices

struct Zigbee2MQTTReportTests {
    @Test("every property has a place of its own in a report", arguments: Zigbee2MQTTField.allCases)
    func places(field: Zigbee2MQTTField) {
        var report = Zigbee2MQTTReport()

        report.note(field, .number(Double(field.rawValue)))

        #expect(report[field]?.number == Double(field.rawValue))
        #expect(Zigbee2MQTTField.allCases.filter { report.names($0) } == [field])
    }
}
