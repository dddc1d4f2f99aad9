import Testing
import VigilCore
import VigilTesting

/// What arrives more than ten minutes after it happened (promises B5): never silently.
struct LateArrivalTests {
    /// A community whose devices' clocks are right.
    private var script = EngineScript()

    // MARK: Events

    @Test(
        "a late call for help rings, and says when it happened",
        arguments: [("button1", "sos=true", "sos"), ("band1", "fall=true", "fall")])
    mutating func event(device: String, payload: String, kind: AlertKind) throws {
        let fresh = script.tell(device, payload, ago: .hours(2))

        let finding = try #require(fresh.findings.first)
        #expect(finding.kind == kind && finding.change == .occurred)
        #expect(finding.evidence.happenedAt == script.time - .hours(2))
        let message = try #require(fresh.deliveries.first).message
        #expect(message.body.hasPrefix("happened at 14:26, arrived late at 16:26"))
        #expect(fresh.entries.first?.detail == "device=\(device) rule=\(kind) arrived late, happened at 14:26")
        #expect(fresh.contains(.late(TextDecoder.address(device), happenedAt: script.time - .hours(2))))
    }

    @Test("a family hears it as plainly, in its language, with the day where it was another")
    mutating func family() throws {
        var registry = SmallCommunity.registry()
        for index in registry.contacts.indices { registry.contacts[index].language = .chinese }
        script.apply(.registryChange(registry))

        script.tell("button1", "sos=true", ago: .hours(20))
        script.wait(.minutes(4))

        let son = try #require(script.deliveries.first { $0.contact == "son" })
        #expect(son.message.body.hasPrefix("11-21 20:26 发生,迟到:16:26 才收到"))
    }

    @Test("within the bound it is told as any other", arguments: [Milliseconds.zero, .minutes(9)])
    mutating func inTime(ago: Milliseconds) throws {
        let fresh = script.tell("button1", "sos=true", ago: ago)

        #expect(fresh.findings.map(\.evidence.happenedAt) == [nil])
        #expect(fresh.deliveries.first?.message.body.hasPrefix("16:26, pressed") == true)
        #expect(!fresh.contains { if case .late = $0 { true } else { false } })
    }

    @Test("a press that comes late while the alert is open rings again")
    mutating func again() {
        script.tell("button1", "sos=true")

        let fresh = script.tell("button1", "sos=true", ago: .hours(1))

        #expect(script.alert("sos-r1-1")?.occurrences == 2)
        #expect(fresh.told.contains("officer/push"))
    }

    @Test("what the broker kept is found on connect, however long ago it was")
    mutating func retained() {
        let fresh = script.say("smoke1", "t=\((script.time - .hours(9)).rawValue) smoke=true", retained: true)

        #expect(fresh.findings.map(\.evidence.isFoundOnConnect) == [true])
        #expect(fresh.findings.map(\.evidence.happenedAt) == [nil])
    }

    // MARK: Levels

    @Test("smoke that is told late rings, and ends when the detector says so in time")
    mutating func lateSmoke() {
        let raised = script.tell("smoke1", "smoke=true", ago: .hours(1)).findings
        let ended = script.tell("smoke1", "smoke=false").findings

        #expect(raised.map(\.change) == [.active] && raised.allSatisfy { $0.evidence.happenedAt != nil })
        #expect(ended.map(\.change) == [.cleared] && ended.allSatisfy { $0.evidence.happenedAt == nil })
        #expect(script.alert("smoke-d1-1")?.condition == .cleared)
    }

    @Test("that smoke had ended, told late, clears nothing, and stands in the story; said in time it clears")
    mutating func lateEnd() {
        script.tell("smoke1", "smoke=true")
        script.wait(.hours(3))

        let late = script.tell("smoke1", "smoke=false", ago: .hours(2))
        let between = script.alert("smoke-d1-1")
        let again = script.tell("smoke1", "smoke=false", ago: .hours(2))
        script.tell("smoke1", "smoke=false")

        #expect(between?.condition == .active)
        #expect(between?.evidence.count == 1)
        #expect(late.entries.map(\.event) == [.noted])
        let detail = "device=smoke1 rule=smoke arrived late, happened at 17:26: it had ended, which ends nothing now"
        #expect(late.entries.first?.detail == detail)
        #expect(again.entries.isEmpty)
        #expect(script.alert("smoke-d1-1")?.condition == .cleared)
    }

    @Test("a late end of what nobody saw begin is nothing")
    mutating func endAlone() {
        let fresh = script.tell("smoke1", "smoke=false", ago: .hours(2))

        #expect(fresh.findings.isEmpty)
        #expect(fresh.contains { if case .late = $0 { true } else { false } })
    }

    @Test("an alert that a late end spoke of does not close by itself")
    mutating func yellowStays() {
        var rules = SmallCommunity.rules()
        rules.rules = [SmallCommunity.pulse(.yellow, above: 120, clearBelow: 110, for: "0s")]
        script.apply(.rulesChange(rules))
        script.tell("band1", "heart_rate_bpm=130")
        script.wait(.hours(3))
        script.tell("band1", "heart_rate_bpm=70", ago: .hours(2))
        script.tell("band1", "heart_rate_bpm=71", ago: .hours(1))

        script.wait(.hours(1))
        let alert = script.alert("heart_rate_bpm-r1-1")

        #expect(alert?.isOpen == true && alert?.condition == .active)
        #expect(script.story(of: "heart_rate_bpm-r1-1").count { $0 == .noted } == 1)
        #expect(script.tell("band1", "heart_rate_bpm=72").findings.map(\.change) == [.cleared])
    }

    // MARK: Values

    @Test("a value that was beyond its limit for long enough when it was measured rings late")
    mutating func lateValues() {
        let early = (0..<6).map {
            script.tell("band1", "heart_rate_bpm=130", ago: .minutes(30) - .seconds(10 * Int64($0))).findings.count
        }
        let due = script.tell("band1", "heart_rate_bpm=130", ago: .minutes(29)).findings

        #expect(early.allSatisfy { $0 == 0 })
        #expect(due.map(\.change) == [.active])
        #expect(due.first?.evidence.happenedAt == script.time - .minutes(29))
    }

    @Test(
        "a value that was beyond for less is none, and late values are not counted together with those of now",
        arguments: [true, false])
    mutating func lateNearMiss(isCalmBetween: Bool) {
        script.tell("band1", "heart_rate_bpm=130", ago: .minutes(30))
        if isCalmBetween {
            script.tell("band1", "heart_rate_bpm=100", ago: .minutes(29) + .seconds(30))
        } else {
            script.tell("band1", "heart_rate_bpm=100")
        }
        script.tell("band1", "heart_rate_bpm=130", ago: .minutes(29))
        script.tell("band1", "heart_rate_bpm=130")

        #expect(script.wait(.seconds(59)).findings.isEmpty)
        #expect(script.findings.isEmpty)
    }

    // MARK: Silence

    @Test("a motion that is told late does not begin the silence anew, and does not end it")
    mutating func absence() {
        script.tell("motion1", "motion=true")
        script.wait(.hours(11))
        script.tell("motion1", "motion=false", ago: .hours(8))
        script.tell("motion1", "motion=true", ago: .hours(8))
        script.tell("motion1", "battery_percent=90")
        let due = script.wait(.hours(1)).findings.filter { $0.kind == "absence" && $0.subject == .resident("r1") }
        script.tell("motion1", "motion=false", ago: .hours(5))
        let late = script.tell("motion1", "motion=true", ago: .hours(5)).findings

        #expect(due.map(\.change) == [.active])
        #expect(late.isEmpty)
    }

    @Test("a device that tells late is heard all the same")
    mutating func deviceIsHeard() {
        script.tell("band1", "worn=true")
        script.wait(.hours(30))
        let silent = script.alert("device_silent-band1-1")?.condition
        script.tell("band1", "worn=true", ago: .hours(20))

        #expect(silent == .active)
        #expect(script.alert("device_silent-band1-1")?.condition == .cleared)
    }

    // MARK: Order within the bound

    @Test("an alarm that is overtaken by its own end rings, and has ended")
    mutating func overtaken() {
        script.tell("smoke1", "smoke=false")

        let fresh = script.tell("smoke1", "smoke=true", ago: .minutes(2))

        #expect(fresh.findings.map(\.change) == [.active, .cleared])
        #expect(fresh.told == ["officer/push"])
        #expect(script.alert("smoke-d1-1")?.condition == .cleared)
    }

    @Test("an end that is overtaken by the next alarm ends nothing")
    mutating func overtakenEnd() {
        script.tell("smoke1", "smoke=true")

        let fresh = script.tell("smoke1", "smoke=false", ago: .minutes(2))

        #expect(fresh.findings.isEmpty)
        #expect(script.alert("smoke-d1-1")?.condition == .active)
    }

    // MARK: Clocks

    @Test("the measure of a device's clock outlives a restart, and so does what the box's clock said")
    mutating func recovery() throws {
        var store = SimulatorStore()
        let ahead = Milliseconds.hours(400)
        for _ in 0..<40 {
            script.tell("button1", "battery_percent=90", ago: .zero - ahead)
            script.wait(.minutes(1))
        }
        var turn = Turn()
        turn.journal = script.inputs
        var engine = script.engine
        turn.snapshot = engine.takeSnapshot(whole: true)
        store.commit(turn)

        var recovered = try store.recover()
        var effects: [Effect] = []
        let payload = "t=\((script.time + ahead - .hours(1)).rawValue) sos=true"
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/button1"), payload: Array(payload.utf8))
        recovered.apply(StampedInput(sequence: recovered.sequence + 1, at: script.time, input: .frame(frame)), into: &effects)

        #expect(recovered.clock == EngineScript.clock)
        #expect(effects.findings.map(\.evidence.happenedAt) == [script.time - .hours(1)])
    }
}
