import Foundation
import Testing
import VigilCore
import VigilDaemon
import VigilDevices

/// Payloads collected from public repositories and issue threads, kept beside the repository: judged as `score-decode.py` judges.
struct PublishedVectorTests {
    private struct Vector: Decodable {
        struct Meaning: Decodable {
            struct Fact: Decodable {
                var kind: String
                var value: Value?
            }

            var kind: String
            var value: Value?
            var also: [Fact]?

            var all: [Fact] { [Fact(kind: kind, value: value)] + (also ?? []) }
        }

        var id: String
        var system: String
        var topic: String?
        var payload: String
        var retained: Bool?
        var meaning: Meaning
    }

    /// A value of a vector; what is none of ours (lists, objects) equals nothing.
    private enum Value: Decodable, Equatable {
        case ours(ObservationValue)
        case other

        init(from decoder: any Decoder) throws {
            self = (try? .ours(ObservationValue(from: decoder))) ?? .other  // other systems' vectors hold other shapes
        }

        func isSame(as value: ObservationValue) -> Bool {
            guard case .ours(let own) = self else { return false }
            guard let a = own.number, let b = value.number else { return own == value }
            return abs(a - b) <= 1e-3 * max(1, abs(b))
        }
    }

    private static let emergencies: Set<ObservationKind> = [
        .smoke, .fall, .fall_suspected, .sos, .gas, .water_leak, .apnea_alarm, .left_bed_alarm,
    ]
    private static let nothing: Set<String> = ["ignore", "unknown", "malformed", "undecodable", "retained_deleted"]
    private static let containers: Set<String> = [
        "properties", "events", "history", "multi_device", "discovery", "device_announce", "bridge_healthy", "device_alert",
        "device_alert_cleared", "host_availability", "switch", "position",
    ]

    /// Whose meaning their source read against the makers: bit 4 of a watch's status says that it lies still (`WatchReport+position.swift`).
    private static let disputed: Set<String> = ["mv127"]

    /// Of which nobody collected any: Vigil's own, and rtl_433, whose payloads stand in `RTL433ProfileTests`.
    private static let unpublished: Set<Dialect> = [NativeDecoder.dialect, BluetoothDecoder.dialect, "rtl_433"]

    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/data/mqtt-vectors.json"
    )
    .standardized

    private static var isThere: Bool {
        let isThere = FileManager.default.fileExists(atPath: file.path)
        if !isThere { print("skipped: the published payloads are not beside the package (../shared/data/mqtt-vectors.json)") }
        return isThere
    }

    @Test(
        "every published payload of a dialect is understood, and none wrongly",
        .enabled(if: isThere, "the published payloads are not beside the package (../shared/data/mqtt-vectors.json)"),
        arguments: DecoderRegistry.shipped.entries.map(\.dialect))
    func vectors(dialect: Dialect) throws {
        let vectors = try JSONDecoder().decode([Vector].self, from: Data(contentsOf: Self.file)).filter {
            $0.system == dialect.rawValue
        }
        #expect(!vectors.isEmpty || Self.unpublished.contains(dialect))

        for vector in vectors { judge(vector, observations(of: vector)) }
    }

    private func observations(of vector: Vector) -> [Observation] {
        // A payload that cannot be decoded says nothing, and is judged as that.
        let answer = try? DecodeLine(registry: .shipped).decode(
            dialect: Dialect(vector.system), topic: vector.topic, payload: Array(vector.payload.utf8),
            isRetained: vector.retained ?? false)
        return answer?.decoded.observations ?? []
    }

    private func judge(_ vector: Vector, _ observations: [Observation]) {
        let known = vector.meaning.all
        for observation in observations {
            let same = known.filter { $0.kind == observation.kind.rawValue }
            #expect(
                same.isEmpty || same.contains { $0.value?.isSame(as: observation.value) ?? false },
                "\(vector.id): wrong \(observation.kind)")
            #expect(
                !(Self.emergencies.contains(observation.kind) && observation.value.isTrue && same.isEmpty),
                "\(vector.id): an emergency that nobody sent")
        }
        guard !Self.containers.contains(vector.meaning.kind), !Self.disputed.contains(vector.id) else { return }
        if Self.nothing.contains(vector.meaning.kind) {
            #expect(!observations.contains { Self.emergencies.contains($0.kind) }, "\(vector.id): means nothing")
        } else {
            let isRight = observations.contains {
                $0.kind.rawValue == vector.meaning.kind && vector.meaning.value?.isSame(as: $0.value) ?? false
            }
            #expect(isRight, "\(vector.id): not understood")
        }
    }
}
