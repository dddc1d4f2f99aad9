import Testing

@testable import VigilCore

struct AlertKindsTests {
    @Test("every kind is described once, in both languages")
    func described() {
        let kinds = AlertKinds.all.map(\.kind)

        #expect(Set(kinds).count == kinds.count)
        #expect(AlertKinds.all.allSatisfy { !$0.name.chinese.isEmpty && !$0.name.english.isEmpty })
    }

    @Test("every detector describes what it raises", arguments: DetectorRegistry.all.map { $0.kind })
    func everyDetector(kind: String) {
        let detector = DetectorRegistry.all.first { $0.kind == kind }

        #expect(detector?.alertKinds.isEmpty == false)
    }

    @Test("people read words, and a unit, for every value that may be held against a limit")
    func measures() {
        let wordless = ObservationKind.allCases.filter { $0.isNumber != ($0.measure != nil) }

        #expect(wordless == [])
    }

    @Test("presses, falls and lost sessions are events; a kind that only a configuration knows is a condition")
    func nature() {
        let events = AlertKinds.all.filter { $0.nature == .event }.map(\.kind)

        #expect(
            Set(events) == [
                "sos", "apnea_alarm", "left_bed_alarm", "fall", "session_lost", "storage_replaced", "cancelled_often", "flapping",
                "action_unanswered",
            ])
        #expect(AlertKind("pressure").isCondition)
        #expect(AlertWords.name(of: "pressure").english == "pressure")
    }
}
