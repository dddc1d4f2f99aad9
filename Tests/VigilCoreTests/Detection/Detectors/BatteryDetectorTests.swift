import Testing
import VigilTesting

@testable import VigilCore

struct BatteryDetectorTests {
    private static let day = Milliseconds.hours(24)

    private func script() -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { $0.id == "battery" }
        return EngineScript(SmallCommunity.registry(), rules)
    }

    /// Says once a day how full it is, a percent less each time.
    private func runDown(_ script: inout EngineScript, _ device: String, from first: Int, days: Int) {
        for percent in (0..<days).map({ first - $0 }) {
            script.say(device, "battery_percent=\(percent)")
            script.wait(Self.day)
        }
    }

    private func alerts(_ script: EngineScript, of device: DeviceID) -> [Alert] {
        script.alerts.filter { $0.key.subject == .device(device) }
    }

    @Test("a battery that will be empty within two weeks is told of once, as a technical note, and what is further ahead is not")
    func soon() throws {
        var script = script()
        runDown(&script, "motion1", from: 24, days: 9)
        #expect(alerts(script, of: "motion1").isEmpty)

        runDown(&script, "motion1", from: 15, days: 5)

        let alert = try #require(alerts(script, of: "motion1").first)
        #expect(alerts(script, of: "motion1").count == 1 && alert.occurrences == 1)
        #expect(alert.alertClass == .technical && alert.severity == .blue && alert.condition == .active)
        #expect(alert.evidence.last?.sentence.english == "at this rate the battery is empty in about 14 days")
    }

    @Test("of a device that falls silent the day comes as well")
    func silent() {
        var script = script()
        runDown(&script, "motion1", from: 30, days: 10)

        let early = script.wait(.hours(24 * 4)).findings
        let due = script.wait(.hours(24 * 3)).findings

        #expect(early.isEmpty)
        #expect(due.map(\.kind) == ["battery"])
    }

    @Test("what is worn and charged every few days is told of on its last day")
    func worn() {
        var script = script()
        for percent in [90, 80, 70, 60, 50, 40, 30, 20] {
            script.say("band1", "battery_percent=\(percent)")
            script.wait(Self.day - .seconds(1))
            #expect(alerts(script, of: "band1").isEmpty, "\(percent)")
            script.wait(.seconds(1))
        }

        script.say("band1", "battery_percent=10")

        #expect(alerts(script, of: "band1").count == 1)
    }

    @Test("a level at the limit is told of at once, and once, until it is well above it")
    func level() throws {
        var script = script()
        script.say("motion1", "battery_percent=1")
        script.say("motion1", "battery_percent=2")

        let told = try #require(alerts(script, of: "motion1").first)
        #expect(told.condition == .active && told.occurrences == 1 && told.severity == .blue)
        #expect(told.evidence.last?.sentence.english == "its battery is at 1 %")

        script.say("motion1", "battery_percent=19")
        #expect(alerts(script, of: "motion1").first?.condition == .active)
        script.say("motion1", "battery_percent=20")
        #expect(alerts(script, of: "motion1").first?.condition == .cleared)
    }

    @Test(
        "just above the limit nothing is told, and the limit is the rule's own",
        arguments: [(11, nil, false), (10, nil, true), (30, 30.0, true)] as [(Int, Double?, Bool)])
    func limit(percent: Int, below: Double?, isTold: Bool) {
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { $0.id == "battery" }
        if let below { rules.rules[0].settings = Setting(["below": .plain("\(Int(below))")]) }
        var script = EngineScript(SmallCommunity.registry(), rules)

        script.say("motion1", "battery_percent=\(percent)")

        #expect(alerts(script, of: "motion1").isEmpty != isTold)
    }

    @Test("what is worn may run low before it is charged, and is told of where it falls on, not where it lies on the charger")
    func rechargeable() {
        var script = script()
        for percent in [3, 4, 5] { script.say("band1", "battery_percent=\(percent)") }
        #expect(alerts(script, of: "band1").isEmpty)
        for percent in [60, 10, 6, 30] { script.say("band1", "battery_percent=\(percent)") }
        #expect(alerts(script, of: "band1").isEmpty)

        for percent in [9, 5] { script.say("band1", "battery_percent=\(percent)") }

        #expect(alerts(script, of: "band1").map(\.condition) == [.active])
    }

    @Test(
        "a 0 that stands for not measured is none, and one that a battery fell to is",
        arguments: [([0, 0], false), ([80, 0], false), ([30, 0], true)])
    func zero(levels: [Int], isTold: Bool) {
        var script = script()

        for percent in levels { script.say("motion1", "battery_percent=\(percent)") }

        #expect(alerts(script, of: "motion1").isEmpty != isTold)
    }

    @Test("what a broker kept of a level says nothing of now")
    func keptLevel() {
        var script = script()

        script.say("motion1", "battery_percent=1", retained: true)

        #expect(script.alerts.isEmpty)
    }

    @Test("a fresh battery ends it as soon as it is seen")
    func fresh() {
        var script = script()
        runDown(&script, "motion1", from: 20, days: 8)
        #expect(alerts(script, of: "motion1").first?.condition == .active)
        script.say("motion1", "battery_percent=12")

        script.say("motion1", "battery_percent=100")

        #expect(alerts(script, of: "motion1").first?.condition == .cleared)
        #expect(script.findings.last?.evidence.sentence.english == "the battery was replaced or charged")
    }

    @Test("a device's own word is told of at once, and ends when it says so; what a broker kept of it and what is late end nothing")
    func ownWord() {
        var script = script()
        script.say("smoke1", "battery_low=false")
        #expect(script.alerts.isEmpty)

        script.say("smoke1", "battery_low=true")
        script.say("smoke1", "battery_low=true")
        #expect(script.alerts.map(\.condition) == [.active] && script.alerts.map(\.occurrences) == [1])

        script.say("smoke1", "battery_low=false")
        #expect(script.alerts.map(\.condition) == [.cleared])
    }

    @Test("a battery that is low by both lasts until neither says so")
    func both() {
        var script = script()
        runDown(&script, "motion1", from: 20, days: 8)
        script.say("motion1", "battery_low=true")
        script.say("motion1", "battery_low=false")
        #expect(alerts(script, of: "motion1").first?.condition == .active)

        script.say("motion1", "battery_percent=100 battery_low=true")
        #expect(alerts(script, of: "motion1").first?.condition == .active)

        script.say("motion1", "battery_low=false")
        #expect(alerts(script, of: "motion1").first?.condition == .cleared)
    }

    @Test("a restart knows what was told, whether the state was written before or after", arguments: [nil, 3, 40])
    func restart(snapshotAt: Int?) throws {
        var script = script()
        runDown(&script, "motion1", from: 20, days: 9)
        runDown(&script, "smoke1", from: 30, days: 5)

        var second = try SecondLife(of: script, after: .seconds(1), snapshotAt: snapshotAt)
        #expect(second.effects.findings.isEmpty && second.effects.entries.isEmpty)

        // As the life that was not interrupted.
        second.say("motion1", "battery_percent=100")
        #expect(second.effects.findings.map(\.change) == [.cleared])
    }

    @Test("a rule that comes later finds what stands already")
    func laterRule() {
        var rules = SmallCommunity.rules()
        let battery = rules.rules.filter { $0.id == "battery" }
        rules.rules = []
        var script = EngineScript(SmallCommunity.registry(), rules)
        runDown(&script, "motion1", from: 20, days: 9)
        #expect(script.alerts.isEmpty)

        rules.rules = battery
        rules.version += 1
        script.apply(.rulesChange(rules))

        #expect(script.alerts.map(\.key.kind) == ["battery"])
    }

    @Test("a device that only calls when its battery is low is told of each time: nobody says that it was replaced")
    func calls() throws {
        var script = script()
        script.say("motion1", "battery_low!=true")
        let first = try #require(alerts(script, of: "motion1").first)
        script.wait(Self.day)
        script.say("motion1", "battery_low!=true")

        let again = try #require(alerts(script, of: "motion1").first)
        #expect(first.occurrences == 1 && again.occurrences == 2 && again.condition == .active)
        script.say("motion1", "battery_low=true")
        script.say("motion1", "battery_low=false")
        #expect(alerts(script, of: "motion1").first?.condition == .cleared)
    }
}
