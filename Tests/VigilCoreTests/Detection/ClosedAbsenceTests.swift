import Testing
import VigilCore
import VigilTesting

/// An absence that somebody closed counts anew: whoever lies there afterwards is missed again, whether or not they ever moved.
struct ClosedAbsenceTests {
    /// Nobody moves, and r1's absence was raised.
    private static func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules.removeAll { $0.id == "silence" }
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.wait(.hours(12))
        return script
    }

    private static let answers: [OutcomeCode] = [.ok_confirmed_by_phone, .ok_confirmed_in_person, .device_fault, .handed_up]

    @Test("after its end they are missed again when the rule's time is over, and no sooner", arguments: answers)
    func again(_ outcome: OutcomeCode) {
        var script = Self.script()
        script.wait(.hours(1))
        script.act(.close("absence-r1-1", outcome: outcome, note: ""), by: "officer")

        let early = script.wait(.hours(12) - Milliseconds(1)).findings
        let due = script.wait(Milliseconds(1)).findings

        #expect(early.isEmpty)
        #expect(due.map(\.subject) == [.resident("r1")])
        #expect(script.alert("absence-r1-2")?.state == .raised)
    }

    @Test("nobody is told again of somebody who was found dead")
    func deceased() {
        var script = Self.script()
        script.act(.close("absence-r1-1", outcome: .deceased_found, note: ""), by: "officer")

        #expect(script.wait(.hours(48)).findings.isEmpty)
    }

    @Test("a rule that waits longer goes on counting where nobody saw them")
    func otherRule() {
        var rules = SmallCommunity.rules()
        rules.rules.removeAll { $0.id == "silence" }
        rules.rules.append(Rule(id: "long", detector: "absence", severity: .red, settings: Setting(["after": "24h"])))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.wait(.hours(13))
        script.act(.close("absence-r1-1", outcome: .device_fault, note: ""), by: "officer")

        let due = script.wait(.hours(11)).findings.filter { $0.subject == .resident("r1") }

        #expect(due.map(\.rule) == ["long"])
    }

    @Test("a restart after it counts from the end as well", arguments: [nil, 8])
    func restart(snapshotAt: Int?) throws {
        var script = Self.script()
        script.wait(.hours(1))
        script.act(.close("absence-r1-1", outcome: .ok_confirmed_by_phone, note: ""), by: "officer")
        script.wait(.hours(1))

        var life = try SecondLife(of: script, after: .zero, snapshotAt: snapshotAt)
        let early = life.wait(.hours(10)).findings.filter { $0.subject == .resident("r1") }
        let due = life.wait(.hours(1) + .minutes(2)).findings.filter { $0.subject == .resident("r1") }

        #expect(early.isEmpty)
        #expect(due.map(\.kind) == ["absence"])
    }

    @Test("a close that was refused lets nothing begin anew in the rebuilt engine either")
    func refused() throws {
        var script = Self.script()
        script.act(.close("absence-r1-1", outcome: .device_fault, note: ""), by: "officer")
        script.wait(.hours(11))
        let verdict = script.act(.close("absence-r1-1", outcome: .ok_confirmed_in_person, note: ""), by: "second")

        var life = try SecondLife(of: script, after: .zero)
        let due = life.wait(.hours(1) + .minutes(2)).findings.filter { $0.subject == .resident("r1") }

        #expect(verdict?.refusal != nil)
        #expect(due.map(\.kind) == ["absence"])
    }
}
