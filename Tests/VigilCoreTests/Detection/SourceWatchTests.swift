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
}
