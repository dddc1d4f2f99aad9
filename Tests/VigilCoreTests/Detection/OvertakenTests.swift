import Testing
import VigilCore
import VigilTesting

/// Levels that others of the same device overtook on the way, within ten minutes (promises B5).
struct OvertakenTests {
    private var script = EngineScript()

    @Test(
        "a call for help or a fall that is said as a level and that its own end overtook rings",
        arguments: [("level/button1", "sos"), ("level/band1", "fall")])
    mutating func verdict(topic: String, kind: String) {
        script.tell(topic, "\(kind)=false")

        let fresh = script.tell(topic, "\(kind)=true", ago: .seconds(2))

        #expect(fresh.told == ["officer/push"])
    }

    @Test("the end of a call for help that the next one overtook is nothing")
    mutating func end() {
        script.tell("level/button1", "sos=true")

        let fresh = script.tell("level/button1", "sos=false", ago: .seconds(2))

        #expect(fresh.findings.isEmpty)
    }

    @Test("a motion that its own end overtook is a sign of life")
    mutating func motion() {
        script.wait(.hours(11))
        script.tell("motion1", "motion=false")
        script.tell("motion1", "motion=true", ago: .minutes(1))

        let absent = script.wait(.hours(11)).findings.filter { $0.kind == "absence" && $0.subject == .resident("r1") }

        #expect(absent.isEmpty)
    }

    @Test("the end of a motion that the next one overtook is none")
    mutating func endOfMotion() {
        script.tell("motion1", "motion=true")
        script.wait(.hours(11))
        script.tell("motion1", "motion=true")
        script.tell("motion1", "motion=false", ago: .minutes(1))

        let absent = script.wait(.hours(1)).findings.filter { $0.kind == "absence" && $0.subject == .resident("r1") }

        #expect(absent.map(\.change) == [.active])
    }
}
