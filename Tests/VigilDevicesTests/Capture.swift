import Testing
import VigilCore
import VigilDevices

/// A frame as a real system published it, and what it says: one line of a decoder's test.
struct Capture: CustomTestStringConvertible, Sendable {
    var topic: String
    var payload: String
    var isRetained: Bool
    var facts: [Fact]

    init(_ topic: String, _ payload: String, isRetained: Bool = false, _ facts: Fact...) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
        self.facts = facts
    }

    var frame: Frame { Frame(source: "test", origin: .mqtt(topic: topic), payload: Array(payload.utf8), isRetained: isRetained) }
    var testDescription: String { "\(topic) \(payload)" }
}

/// An observation without its time.
struct Fact: Hashable, Sendable, CustomStringConvertible {
    var kind: ObservationKind
    var value: ObservationValue
    var nature: Observation.Nature

    static func level(_ kind: ObservationKind, _ value: Bool) -> Fact { Fact(kind: kind, value: .bool(value), nature: .level) }
    static func level(_ kind: ObservationKind, _ value: Double) -> Fact { Fact(kind: kind, value: .number(value), nature: .level) }
    static func level(_ kind: ObservationKind, _ value: String) -> Fact { Fact(kind: kind, value: .text(value), nature: .level) }
    static func level(_ kind: ObservationKind, _ value: [Double]) -> Fact { Fact(kind: kind, value: .numbers(value), nature: .level) }
    static func event(_ kind: ObservationKind, _ value: Bool = true) -> Fact { Fact(kind: kind, value: .bool(value), nature: .event) }
    static func event(_ kind: ObservationKind, _ value: String) -> Fact { Fact(kind: kind, value: .text(value), nature: .event) }
    static let alive = Fact.event(.device_alive)

    var description: String { "\(nature) \(kind)=\(value)" }
}

extension Decoded {
    var facts: [Fact] { observations.map { Fact(kind: $0.kind, value: $0.value, nature: $0.nature) } }
}

extension PayloadDecoder {
    /// Decodes with no memory of earlier frames.
    func decode(_ capture: Capture) throws -> Decoded {
        var state = DialectState()
        return try decode(capture.frame, state: &state)
    }

    func decode(_ payload: String, on topic: String) throws -> Decoded { try decode(Capture(topic, payload)) }
}
