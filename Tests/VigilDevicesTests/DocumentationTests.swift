import Foundation
import Testing
import VigilCore
import VigilDaemon

@testable import VigilDevices

/// The guide for integrators names what the code understands.
struct DocumentationTests {
    private static func guide() throws -> String {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(contentsOf: here.appending(path: "../../docs/devices.md").standardized, encoding: .utf8)
    }

    @Test("every kind stands in the guide's table and in its schema")
    func kinds() throws {
        let guide = try Self.guide()

        for kind in ObservationKind.allCases where kind != .acceleration {
            #expect(guide.contains("`\(kind.rawValue)`"), "\(kind) is missing in docs/devices.md")
            #expect(guide.contains("\"\(kind.rawValue)\""), "\(kind) is missing in the schema of docs/devices.md")
        }
    }

    @Test("every property of Zigbee2MQTT that is read stands in the guide")
    func properties() throws {
        let guide = try Self.guide()

        for field in Zigbee2MQTTField.allCases { #expect(guide.contains("`\(field)`"), "\(field) is missing in docs/devices.md") }
    }

    @Test("every dialect has its chapter")
    func dialects() throws {
        let guide = try Self.guide()

        for entry in DecoderRegistry.shipped.entries { #expect(guide.contains("(`\(entry.dialect)`)"), "\(entry.dialect)") }
    }
}
