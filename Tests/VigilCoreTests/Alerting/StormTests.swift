import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 4: many technical alerts of one kind in one building within a minute are one alert with members.
struct StormTests {
    private let storm: AlertID = "device_silent-b1-1"

    /// Sensors of one building that are silent after 10 min, and the rule that says so.
    private func script(_ count: Int) -> EngineScript {
        var registry = SmallCommunity.registry()
        registry.devices = (1...count).map { number in
            Device(
                id: DeviceID("s\(number)"), address: TextDecoder.address("s\(number)"), dwelling: number % 2 == 0 ? "d1" : "d2",
                liveness: .mains)
        }
        var rules = SmallCommunity.rules()
        rules.rules.removeAll { $0.id == "absence" }
        return EngineScript(registry, rules)
    }

    private func speak(_ script: inout EngineScript, _ numbers: some Sequence<Int>, apart: Milliseconds = .seconds(5)) {
        for number in numbers {
            script.say("s\(number)", "temperature_c=\(script.time.rawValue % 40)")
            script.wait(apart)
        }
    }

    @Test("four within a minute are one alert, and its members tell nobody any more")
    func four() throws {
        var script = script(6)
        speak(&script, 1...6)

        script.wait(.minutes(10))

        let alert = try #require(script.alert(storm))
        #expect(alert.key.subject == .building("b1"))
        #expect(alert.members.count == 6)
        #expect(alert.state == .raised && alert.alertClass == .technical)
        for id in alert.members { #expect(script.alert(id)?.holds == [.storm(storm)]) }
        let ringing = script.deliveries.filter { $0.state != .withdrawn && $0.purpose == .notify }
        #expect(Set(ringing.filter { $0.alert == storm }.map(\.contact)) == ["officer"])
        #expect(!ringing.contains { ["device_silent-s4-1", "device_silent-s5-1", "device_silent-s6-1"].contains($0.alert) })
    }

    @Test("three within a minute, and four within two, are none", arguments: [(3, Milliseconds.seconds(5)), (4, .seconds(40))])
    func near(count: Int, apart: Milliseconds) {
        var script = script(count)
        speak(&script, 1...count, apart: apart)

        script.wait(.minutes(10))

        #expect(script.alert(storm) == nil)
        #expect(script.alerts.count == count)
    }

    @Test("people's alerts are never merged")
    func life() {
        var registry = SmallCommunity.registry()
        registry.devices += (1...6).map {
            Device(id: DeviceID("b\($0)"), address: TextDecoder.address("b\($0)"), resident: "r1", liveness: .oneWay)
        }
        registry.residents += (3...8).map { Resident(id: ResidentID("r\($0)"), name: "R", dwelling: "d1") }
        for index in 0..<6 { registry.devices[registry.devices.count - 6 + index].resident = ResidentID("r\(index + 3)") }
        var script = EngineScript(registry)

        for number in 1...6 { script.say("b\(number)", "sos=true") }

        #expect(script.alerts.count == 6)
        #expect(script.alerts.allSatisfy { $0.holds.isEmpty })
    }

    @Test("a member can be owned on its own; closing the storm closes its members with the same outcome")
    func closed() throws {
        var script = script(5)
        speak(&script, 1...5)
        script.wait(.minutes(10))

        let accepted = script.act(.accept("device_silent-s2-1"), by: "officer")
        script.act(.close(storm, outcome: .link_lost, note: "mains"), by: "officer")

        #expect(accepted == .done)
        #expect(script.alerts.allSatisfy { $0.closure?.outcome == .link_lost })
    }

    @Test("a storm whose members all cleared closes by itself, and not while one has not")
    func cleared() throws {
        var script = script(4)
        speak(&script, 1...4)
        script.wait(.minutes(10))
        speak(&script, 1...3, apart: .seconds(1))
        script.wait(.minutes(6))
        let before = try #require(script.alert(storm))
        for number in 1...4 { script.say("s\(number)", "temperature_c=7") }

        script.wait(.minutes(6))

        #expect(before.isOpen && before.condition == .active)
        #expect(try #require(script.alert(storm)).closure?.outcome == .auto_cleared)
    }

    @Test("a restart in the middle finds the storm, and its end still ends its members", arguments: [nil, 7])
    func restart(snapshotAt: Int?) throws {
        var script = script(5)
        speak(&script, 1...5)
        script.wait(.minutes(10))

        var life = try SecondLife(of: script, after: .seconds(5), snapshotAt: snapshotAt)
        let open = life.engine.openAlerts.count
        life.act(.close(storm, outcome: .link_lost, note: ""))

        #expect(open == 6)
        #expect(life.engine.openAlerts.isEmpty)
    }
}
