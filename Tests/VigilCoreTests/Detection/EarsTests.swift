import Testing
import VigilCore
import VigilTesting

/// Several sources that hear one device, as the adapters of a radio do; one of them fails.
struct EarsTests {
    private var script: EngineScript

    init() { script = EngineScript() }

    private mutating func say(_ device: String, on source: SourceID, _ payload: String = "worn=true") {
        script.say(source == "radio" ? "radio/\(device)" : device, payload, source: source)
    }

    private mutating func fail(_ source: SourceID) {
        script.hearing.removeAll { $0 == source }
        script.apply(.health(Health(.source(source), .down)))
    }

    private mutating func comeBack(_ source: SourceID) {
        script.apply(.health(Health(.source(source), .up)))
        script.hearing = SmallCommunity.sources
    }

    private func condition(_ id: DeviceID) -> DeviceCondition? { script.engine.deviceFacts.conditions.first { $0.device.id == id } }

    private func alerts(of kind: AlertKind) -> [AlertID] { script.alerts.filter { $0.key.kind == kind }.map(\.id) }

    @Test("a device that the failed source alone heard is suspended and raises nothing, and the failure is one alert until it is over")
    mutating func alone() {
        say("band1", on: "radio")
        say("band2", on: "home")
        fail("radio")

        script.wait(.minutes(50))

        #expect(alerts(of: "source_down") == ["source_down-source-radio-1"])
        #expect(alerts(of: "device_silent").isEmpty)
        #expect(condition("band1")?.state == .suspended)
        #expect(condition("band1")?.suspension?.by == .source("radio"))
        #expect(condition("band2")?.state == .stale)
        #expect(script.engine.blindList.first { $0.resident == "r1" }?.causes == ["source_down-source-radio-1"])
        #expect(!script.engine.blindList.contains { $0.resident == "r2" })

        comeBack("radio")

        #expect(script.alert("source_down-source-radio-1")?.condition == .cleared)
        #expect(condition("band1")?.suspension == nil)
        #expect(!script.engine.blindList.contains { $0.resident == "r1" })
        script.wait(.minutes(50))
        #expect(!alerts(of: "device_silent").contains("device_silent-band1-1"))
        script.wait(.minutes(15))
        #expect(alerts(of: "device_silent").contains("device_silent-band1-1"))
    }

    @Test("a device that another source hears as well goes on as usual")
    mutating func standIn() {
        say("band1", on: "radio")
        script.wait(.minutes(9))
        say("band1", on: "home")
        script.wait(.minutes(5))
        say("band1", on: "radio")
        fail("radio")

        script.wait(.minutes(59))
        #expect(condition("band1")?.state == .stale)
        #expect(alerts(of: "device_silent").isEmpty)
        script.wait(.minutes(2))

        #expect(alerts(of: "device_silent") == ["device_silent-band1-1"])
        #expect(!script.engine.blindList.contains { $0.causes.contains("source_down-source-radio-1") })
    }

    @Test("a device that another source heard long ago is not heard by it")
    mutating func longAgo() {
        say("band1", on: "home")
        script.wait(.minutes(16))
        say("band1", on: "radio")
        fail("radio")

        script.wait(.hours(2))

        #expect(alerts(of: "device_silent").isEmpty)
        #expect(condition("band1")?.state == .suspended)
    }

    @Test("a device that is heard elsewhere after the failure is judged by that")
    mutating func moved() {
        say("band1", on: "radio")
        fail("radio")
        script.wait(.hours(2))
        say("band1", on: "home")

        #expect(condition("band1")?.state == .heard)
        script.wait(.minutes(61))

        #expect(alerts(of: "device_silent") == ["device_silent-band1-1"])
    }

    @Test("a device that was dead before the failure hides nothing")
    mutating func dead() {
        say("band1", on: "radio")
        script.wait(.minutes(61))
        let before = condition("band1")?.state
        fail("radio")

        #expect(before == .dead)
        #expect(condition("band1")?.state == .dead)
    }

    @Test("nobody is missed for what only the failed source heard, and everybody is who is heard by others", arguments: [true, false])
    mutating func absence(isHeardByOthers: Bool) {
        say("motion1", on: "radio", "motion=true")
        say("band1", on: "home", "worn=true")
        if isHeardByOthers { say("motion1", on: "home", "motion=false") }
        fail("radio")

        script.wait(.hours(13))

        #expect(alerts(of: "absence") == (isHeardByOthers ? ["absence-r1-1"] : []))
    }

    @Test("who hears what outlives a restart", arguments: [nil, 7])
    mutating func restart(snapshotAt: Int?) throws {
        say("band1", on: "radio")
        fail("radio")
        script.wait(.minutes(5))

        var life = try SecondLife(of: script, after: .seconds(5), snapshotAt: snapshotAt)
        life.apply(.health(Health(.source("radio"), .down)))

        let condition = life.engine.deviceFacts.conditions.first { $0.device.id == "band1" }
        #expect(condition?.suspension?.by == .source("radio"))
    }
}
