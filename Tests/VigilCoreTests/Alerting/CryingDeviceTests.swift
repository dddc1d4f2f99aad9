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
}
