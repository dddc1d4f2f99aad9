import Testing
import VigilCore
import VigilTesting

/// A device that cries without end is heard, and keeps nobody else's alarm from anybody (`promises.md`, B11).
struct CryingDeviceTests {
    private let id: AlertID = "sos-r1-1"

    @Test("a thousand presses leave each person one message under way for each slot and one that waits")
    func bounded() {
        var script = EngineScript()

        for _ in 0..<1000 { script.say("button1", "sos=true") }

        let unsettled = script.engine.deliveries.filter { $0.alert == id && $0.contact == "officer" }
        #expect(script.alert(id)?.occurrences == 1000)
        #expect(unsettled.count <= 4)
    }

    @Test("another resident's call is the next to go")
    func fair() {
        var script = EngineScript()
        for _ in 0..<200 { script.say("button1", "sos=true") }
        script.say("button2", "sos=true")
        var settled = 0

        while let delivery = script.deliveries.first(where: { $0.state == .sending }), delivery.alert == id {
            script.settle(delivery.id, .delivered)
            settled += 1
        }

        #expect(settled <= 4)
        #expect(script.deliveries.first { $0.state == .sending }?.alert == "sos-r2-1")
    }

    @Test("a press while the last message waits for its next try tries at once, under the same key")
    func hastens() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        let first = try #require(script.deliveries.first)
        script.settle(first.id, .retryable(reason: "503", after: .minutes(4)))
        while let next = script.deliveries.first(where: { $0.state == .sending }) {
            script.settle(next.id, .retryable(reason: "503", after: .minutes(4)))
        }
        script.skip(.seconds(2))

        let effects = script.say("button1", "sos=true")

        #expect(effects.deliveries.contains { $0.id == first.id && $0.state == .sending && $0.lease == 2 })
        #expect(effects.told.isEmpty)
    }

    @Test("a rise is news also to whom the lesser message has not reached yet")
    func rise() throws {
        var rules = SmallCommunity.rules()
        rules.rules.append(SmallCommunity.pulse(.red, above: 150, clearBelow: 140, for: "10s", id: "racing"))
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        let yellow = try #require(script.deliveries.first)
        script.settle(yellow.id, .retryable(reason: "503", after: .minutes(4)))

        script.say("band1", "heart_rate_bpm=160")
        let effects = script.wait(.seconds(10))

        #expect(effects.deliveries.contains { $0.contact == yellow.contact && $0.severity == .red && $0.state == .sending })
    }

    /// Everybody who is asked had as many messages as they may get.
    private func cried() -> EngineScript {
        var script = EngineScript()
        for _ in 0..<20 {
            script.say("button1", "sos=true")
            script.deliverAll()
        }
        return script
    }

    private func ringsOfficer(_ script: EngineScript) -> Bool {
        script.deliveries.contains { $0.contact == "officer" && $0.purpose == .notify && $0.state == .sending }
    }

    @Test("a press beyond the cap waits")
    func fill() {
        var script = cried()

        script.say("button1", "sos=true")

        #expect(!ringsOfficer(script))
    }

    @Test("an alert that is opened again rings at once whoever had their fill of it")
    func reopened() {
        var script = cried()
        script.act(.close(id, outcome: .sos_accidental, note: ""), by: "lead")
        script.wait(.seconds(1))

        script.act(.reopen(id, note: "she calls again"), by: "lead")

        #expect(ringsOfficer(script))
    }

    @Test("an alert that its owner gives back rings at once whoever had their fill of it")
    func givenBack() {
        var script = EngineScript()
        // Past the last step it begins anew, with the officer.
        for _ in 0..<30 {
            script.say("button1", "sos=true")
            script.wait(.seconds(10))
            script.deliverAll()
        }
        script.act(.accept(id), by: "lead")
        script.wait(.seconds(1))
        // The news of it needs its slots no more.
        script.deliverAll()
        let before = ringsOfficer(script)

        script.act(.decline(id), by: "lead")

        #expect(!before)
        #expect(ringsOfficer(script))
    }

    @Test("people are asked anew from the moment at which its owner gives it back, or their time runs out", arguments: [true, false])
    func askedAnew(isDeclined: Bool) {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.accept(id), by: "lead")
        let before = script.alert(id)?.askedAnewAt

        if isDeclined { script.act(.decline(id), by: "lead") } else { script.wait(.minutes(3)) }

        #expect(before == nil)
        #expect(script.alert(id)?.askedAnewAt == script.time)
    }
}
