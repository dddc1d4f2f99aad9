import Testing
import VigilCore
import VigilTesting

/// `promises.md`, C5, B18; `alert-lifecycle.md`, section 4: what comes and goes is held open, and its device is to be fixed.
struct FlappingTests {
    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules = [SmallCommunity.pulse(.yellow, above: 120, clearBelow: 110, for: "0s")]
        return EngineScript(SmallCommunity.registry(), rules)
    }

    private func flap(_ script: inout EngineScript, times: Int, every length: Milliseconds = .minutes(5)) {
        for _ in 0..<times {
            script.say("band1", "heart_rate_bpm=140")
            script.wait(.seconds(10))
            script.say("band1", "heart_rate_bpm=90")
            script.wait(length - .seconds(10))
        }
    }

    @Test("five beginnings within an hour ask, once, for the device to be fixed")
    func five() throws {
        var script = script()
        flap(&script, times: 8)

        let asks = script.alerts.filter { $0.key.kind == "flapping" }

        #expect(asks.map(\.key.subject) == [.device("band1")])
        #expect(asks.first?.occurrences == 1)
        #expect(asks.first?.alertClass == .technical)
        #expect(script.alerts.filter { $0.key.kind == "heart_rate_bpm" }.count == 1)
    }

    @Test("four within an hour, and five within more, ask for nothing", arguments: [(4, Milliseconds.minutes(5)), (6, .minutes(16))])
    func near(times: Int, every: Milliseconds) {
        var script = script()
        flap(&script, times: times, every: every)

        #expect(!script.alerts.contains { $0.key.kind == "flapping" })
    }

    @Test("it closes by itself only after an hour of quiet; one that does not flap after its policy's time")
    func heldOpen() throws {
        var steady = script()
        flap(&steady, times: 4)
        steady.wait(.minutes(6))
        var flapping = script()
        flap(&flapping, times: 5)
        flapping.wait(.minutes(54))
        let early = try #require(flapping.alert("heart_rate_bpm-r1-1"))

        flapping.wait(.minutes(2))

        #expect(steady.alert("heart_rate_bpm-r1-1")?.isOpen == false)
        #expect(early.isOpen)
        #expect(flapping.alert("heart_rate_bpm-r1-1")?.closure?.outcome == .auto_cleared)
    }

    @Test("a restart in the middle forgets no beginning")
    func restart() throws {
        var script = script()
        flap(&script, times: 4)

        var life = try SecondLife(of: script, after: .seconds(5))
        life.apply(.frame(Frame(source: "home", origin: .mqtt(topic: "text/band1"), payload: Array("heart_rate_bpm=140".utf8))))

        #expect(life.effects.findings.contains { $0.kind == "flapping" })
    }
}
