import Testing
import VigilCore
import VigilTesting

struct SourceWatchTests {
    @Test("a source that is down for a minute is a technical alert, and clears when it is back (promises B1)")
    func outage() {
        var script = EngineScript()
        script.apply(.health(Health(.source("radio"), .down)))
        let early = script.wait(.seconds(59)).findings
        let raised = script.wait(.seconds(1)).findings
        let cleared = script.apply(.health(Health(.source("radio"), .up))).findings

        #expect(early.isEmpty)
        #expect(raised.map(\.kind) == ["source_down"])
        #expect(raised.first?.alertClass == .technical)
        #expect(cleared.map(\.change) == [.cleared])
    }

    @Test("a source that is back within a minute is nobody's business")
    func hiccup() {
        var script = EngineScript()
        script.apply(.health(Health(.source("radio"), .down)))
        script.wait(.seconds(59))
        script.apply(.health(Health(.source("radio"), .up)))

        let findings = script.wait(.minutes(30)).findings

        #expect(findings.isEmpty)
    }

    @Test("a source that reports down again and again counts from the first")
    func repeatedDown() {
        var script = EngineScript()
        script.apply(.health(Health(.source("radio"), .down)))
        script.wait(.seconds(30))
        script.apply(.health(Health(.source("radio"), .down)))

        let findings = script.wait(.seconds(30)).findings

        #expect(findings.map(\.kind) == ["source_down"])
    }

    @Test("a session that the broker lost is said, once each time")
    func sessionLost() {
        var script = EngineScript()

        let findings = script.apply(.health(Health(.source("home"), .sessionLost))).findings

        #expect(findings.map(\.kind) == ["session_lost"])
        #expect(findings.map(\.change) == [.occurred])
    }

    @Test("a broker that does not let us hear a topic is an alert at once, until it does")
    func limited() {
        var script = EngineScript()

        let refused = script.apply(.health(Health(.source("home"), .limited, detail: "text/#"))).findings
        let granted = script.apply(.health(Health(.source("home"), .up))).findings

        #expect(refused.map(\.kind) == ["source_down"])
        #expect(refused.first?.evidence.sentence.english.contains("text/#") == true)
        #expect(granted.map(\.change) == [.cleared])
    }

    @Test(
        "a disk that is so full that the ballast was given up is told once, with what is left, and ends when it is restored (promises A5)"
    )
    func lowStorage() throws {
        var script = EngineScript()
        let low = Input.health(Health(.storage, .low, freeMebibytes: 37))

        let raised = script.apply(low).findings
        let again = script.apply(low).findings
        let ended = script.apply(.health(Health(.storage, .up))).findings

        #expect(raised.map(\.kind) == ["storage"] && raised.map(\.severity) == [.yellow])
        #expect(raised.first?.alertClass == .technical)
        #expect(raised.first?.evidence.sentence.english.contains("37 MiB") == true)
        #expect(raised.first?.evidence.sentence.chinese.contains("37 MiB") == true)
        #expect(again.isEmpty)
        #expect(ended.map(\.change) == [.cleared])
    }

    @Test("a disk on which nothing can be recorded any more turns the alert red, and one that records without ballast does not end it")
    func lowAndDown() throws {
        var script = EngineScript()
        script.apply(.health(Health(.storage, .low, freeMebibytes: 37)))

        let down = script.apply(.health(Health(.storage, .down))).findings
        let low = script.apply(.health(Health(.storage, .low, freeMebibytes: 40))).findings
        let alert = try #require(script.alert("storage-box-1"))

        #expect(down.map(\.severity) == [.red])
        #expect(low.map(\.change) == [.active])
        #expect(alert.severity == .red && alert.condition == .active)
        #expect(script.story(of: alert.id).contains(.severity_changed))
        #expect(script.apply(.health(Health(.storage, .up))).findings.map(\.change) == [.cleared])
    }

    @Test("while the ballast is given up everything is recorded, and everything leaves")
    func lowSendsEverything() {
        var script = EngineScript()
        script.apply(.health(Health(.storage, .down)))
        script.apply(.health(Health(.storage, .low, freeMebibytes: 37)))
        script.deliverAll()

        script.say("band1", "heart_rate_bpm=140")
        let told = script.wait(.seconds(61)).deliveries

        #expect(told.contains { $0.severity == .yellow && $0.state == .sending })
    }

    @Test("what stood when the daemon ended stands after a restart until somebody says otherwise")
    func lowOverRestart() {
        var script = EngineScript()
        script.apply(.health(Health(.storage, .low, freeMebibytes: 37)))
        script.apply(.started(Start(boot: "boot", gap: .seconds(5), clock: EngineScript.clock)))

        #expect(script.alert("storage-box-1")?.condition == .active)
        #expect(script.apply(.health(Health(.storage, .low, freeMebibytes: 30))).findings.isEmpty)
    }

    @Test("a source that went just before the daemon ended has its minute after the start")
    func downOverRestart() {
        var script = EngineScript()
        script.apply(.health(Health(.source("home"), .down)))
        script.skip(.minutes(10))

        let start = script.apply(.started(Start(boot: "boot", gap: .minutes(10), clock: EngineScript.clock))).findings
        let up = script.apply(.health(Health(.source("home"), .up))).findings

        #expect(start.isEmpty && up.isEmpty)
    }
}
