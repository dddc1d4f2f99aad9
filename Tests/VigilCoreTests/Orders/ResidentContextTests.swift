import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 4: who is away, in hospital or has a visitor is not missed; SOS and smoke stay.
struct ResidentContextTests {
    private func place(
        _ context: ResidentContext, of resident: ResidentID = "r1", in wait: Milliseconds = .zero, for length: Milliseconds
    )
        -> Command.Action
    {
        .place(OrderRequest(.context(context, of: resident), startsIn: wait, lasts: length))
    }

    /// Without the rule of silent devices, which has nothing to do with it.
    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules.removeAll { $0.id == "silence" }
        return EngineScript(SmallCommunity.registry(), rules)
    }

    @Test("a context pauses absence, and their silence counts anew from its end on", arguments: ResidentContext.allCases)
    func paused(context: ResidentContext) {
        var script = script()
        script.wait(.hours(11))
        script.act(place(context, for: .hours(48)), by: "son")

        let during = script.wait(.hours(48)).findings
        let early = script.wait(.hours(12) - Milliseconds(1)).findings
        let due = script.wait(Milliseconds(1)).findings

        #expect(!during.contains { $0.subject == .resident("r1") })
        #expect(!early.contains { $0.subject == .resident("r1") })
        #expect(due.map(\.subject) == [.resident("r1")])
    }

    @Test("others are missed as ever")
    func others() {
        var script = script()
        script.act(place(.away, for: .hours(48)), by: "son")

        #expect(script.wait(.hours(12)).findings.map(\.subject) == [.resident("r2")])
    }

    @Test("one that is planned changes nothing before it begins")
    func planned() {
        var script = script()
        script.act(place(.away, in: .hours(13), for: .hours(48)), by: "son")

        #expect(script.wait(.hours(12)).findings.contains { $0.subject == .resident("r1") && $0.change == .active })
    }

    @Test("of two that overlap, the later end counts")
    func overlap() {
        var script = script()
        script.act(place(.visitor, for: .hours(1)), by: "son")
        script.act(place(.away, for: .hours(10)), by: "son")

        let findings = script.wait(.hours(21)).findings.filter { $0.subject == .resident("r1") }
        let due = script.wait(.hours(1)).findings

        #expect(findings.isEmpty)
        #expect(due.map(\.subject) == [.resident("r1")])
    }

    @Test("an absence that was raised before is unknown from then on, and stays open")
    func standing() throws {
        var script = script()
        script.wait(.hours(12))
        script.act(place(.away, for: .hours(48)), by: "son")

        let alert = try #require(script.alert("absence-r1-1"))

        #expect(alert.condition == .unknown)
        #expect(alert.isOpen)
    }

    @Test("a call for help and smoke stay what they are")
    func life() {
        var script = script()
        script.act(place(.hospital, for: .hours(48)), by: "son")

        let sos = script.say("button1", "sos=true")
        let smoke = script.say("smoke1", "smoke=true")

        #expect(sos.told == ["officer/push"])
        #expect(!smoke.told.isEmpty)
    }

    @Test("a restart in the middle forgets none of it", arguments: [nil, 5, 7, 9])
    func restart(snapshotAt: Int?) throws {
        var script = script()
        script.wait(.hours(6))
        script.act(place(.away, for: .hours(20)), by: "son")
        script.wait(.hours(10))

        var life = try SecondLife(of: script, after: .minutes(1), snapshotAt: snapshotAt)
        let before = life.wait(.hours(21)).findings
        let after = life.wait(.hours(2)).findings

        #expect(!before.contains { $0.subject == .resident("r1") })
        #expect(after.contains { $0.subject == .resident("r1") && $0.change == .active })
    }
}
