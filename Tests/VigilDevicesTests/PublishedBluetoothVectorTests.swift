import Foundation
import Testing
import VigilCore
import VigilDevices

/// What Bluetooth devices sent, collected from public suites and kept beside the repository: judged as `score-decode.py` judges.
struct PublishedBluetoothVectorTests {
    private struct Vector {
        var id: String
        var format: String
        var line: String
        /// Names of the public suites; a value that is neither a number nor true or false says nothing here.
        var expected: [String: Double]
        var touchesNobody: Bool

        init(_ object: [String: Any]) throws {
            id = try #require(object["id"] as? String)
            format = try #require(object["format"] as? String)
            let keys = ["address", "service_data", "manufacturer_data", "bindkey", "hci_event", "characteristic", "value"]
            let heard = object.filter { keys.contains($0.key) && !($0.value is NSNull) }
            line = String(decoding: try JSONSerialization.data(withJSONObject: ["ble": heard]), as: UTF8.self)
            let expected = object["expected"] as? [String: Any] ?? [:]
            self.expected = expected.compactMapValues(PublishedBluetoothVectorTests.number)
            touchesNobody = expected["sensor_contact"] as? Bool == false
        }
    }

    private static let kinds: [String: ObservationKind] = [
        "battery": .battery_percent, "temperature": .temperature_c, "smoke": .smoke, "motion": .motion, "heart rate": .heart_rate_bpm,
        "heart_rate": .heart_rate_bpm, "pulse": .heart_rate_bpm, "spo2": .spo2_percent, "opening": .door_open, "door": .door_open,
        "occupancy": .presence, "presence": .presence, "vibration": .vibration, "tamper": .tamper,
        "moisture detected": .water_leak, "gas detected": .gas,
    ]
    private static let emergencies: Set<ObservationKind> = [.smoke, .gas, .water_leak, .fall, .sos]
    private static let formats = ["bthome", "hci-bthome", "mibeacon", "hci-xiaomi", "gatt-", "hci-amazfit"]
    /// The temperature of a body, which the suites call a temperature.
    private static let disputed: Set<String> = ["bv082", "bv083"]

    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/data/ble-vectors.json"
    )
    .standardized

    private static var isThere: Bool {
        let isThere = FileManager.default.fileExists(atPath: file.path)
        if !isThere { print("skipped: the published payloads are not beside the package (../shared/data/ble-vectors.json)") }
        return isThere
    }

    @Test(
        "every published message of a format is understood, and none wrongly",
        .enabled(if: isThere, "the published payloads are not beside the package (../shared/data/ble-vectors.json)"))
    func vectors() throws {
        let objects = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: Self.file)) as? [[String: Any]])
        let line = DecodeLine()

        for vector in try objects.map({ try Vector($0) }) {
            let answer = try #require(
                JSONSerialization.jsonObject(with: Data(line.answer(to: vector.line).utf8)) as? [String: Any])
            let told = (answer["observations"] as? [[String: Any]] ?? []).map { fact in
                (kind: fact["kind"] as? String ?? "", value: fact["value"].flatMap(Self.number))
            }
            judge(vector, told)
        }
    }

    /// A number; true and false are 1 and 0.
    private static func number(_ value: Any) -> Double? {
        (value as? NSNumber)?.doubleValue ?? value as? Double ?? (value as? Bool).map { $0 ? 1 : 0 }
    }

    private func judge(_ vector: Vector, _ told: [(kind: String, value: Double?)]) {
        for fact in told where Self.emergencies.contains(where: { $0.rawValue == fact.kind }) && fact.value == 1 {
            let isSent = vector.expected.contains { Self.kinds[$0.key]?.rawValue == fact.kind && $0.value == 1 }
            #expect(isSent, "\(vector.id): an emergency that nobody sent")
        }
        guard Self.formats.contains(where: vector.format.hasPrefix), !Self.disputed.contains(vector.id), !vector.touchesNobody else {
            return
        }
        for (name, value) in vector.expected {
            guard var kind = Self.kinds[name] else { continue }
            if vector.format == "gatt-2a1c", kind == .temperature_c { kind = .body_temperature_c }
            let isRight = told.contains {
                $0.kind == kind.rawValue && abs(($0.value ?? .infinity) - value) <= 1e-3 * max(1, abs(value))
            }
            #expect(isRight, "\(vector.id): \(name) \(value) is not among \(told)")
        }
    }
}
