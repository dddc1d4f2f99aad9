import Testing
import VigilCore
@testable import VigilDevices

@testable import vigil

struct ExplanationTextTests {
    private func text(_ devices: [String]) -> String {
        let facts = devices.map { Explanation.Fact(device: $0, kind: .in_bed, value: .bool(true), origin: "acme.yaml:7") }
        return ExplanationText(.english).text(
            Explanation(
                dialect: "acme", decoder: "ProfileDecoder", filter: nil, device: devices[0], facts: facts, faults: [], parts: [],
                shared: facts,
                further: 0))
    }

    @Test("where several devices speak each fact says whose it is, and where one does none needs to")
    func devices() {
        #expect(text(["m1/L", "m1/R"]).contains("it says: m1/L: in_bed true (acme.yaml:7), m1/R: in_bed true (acme.yaml:7)"))
        #expect(text(["m1/L", "m1/R"]).contains("no single part makes: m1/L: in_bed true"))
        #expect(text(["m1"]).contains("it says: in_bed true (acme.yaml:7)"))
    }
}
