import Testing
import VigilCore
import VigilTesting

struct CallSheetTests {
    private func sheet(_ script: EngineScript = EngineScript(), _ registry: Registry = SmallCommunity.registry()) -> CallSheet {
        CallSheet(
            registry: registry, rules: SmallCommunity.rules(), alerts: script.alerts, clock: EngineScript.clock,
            madeAt: WallTime(script.time.rawValue))
    }

    @Test("people to call stand in the order of the policy of red alerts, each once")
    func order() throws {
        let home = try #require(sheet().homes.first)

        #expect(home.address == "1-1-101")
        #expect(home.residents.map(\.name) == ["Wang Lan"])
        #expect(home.calls.map(\.contact) == ["officer", "second", "lead", "son", "daughter"])
        #expect(home.calls.map(\.familyOf) == [[], [], [], ["r1"], ["r1"]])
    }

    @Test("family that no step names is called last")
    func familyLast() throws {
        var rules = SmallCommunity.rules()
        rules.policies[0].steps[2].notify = [.role(.communityLead)]

        let sheet = CallSheet(
            registry: SmallCommunity.registry(), rules: rules, alerts: [], clock: EngineScript.clock, madeAt: WallTime(0))

        #expect(sheet.homes.first?.calls.map(\.contact) == ["officer", "second", "lead", "son", "daughter"])
    }

    @Test("flats with an open red alert stand first, whoever waits longest at the top")
    func urgent() {
        var script = EngineScript()
        script.say("button2", "sos=true")
        script.wait(.seconds(1))
        script.say("smoke1", "smoke=true")
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(2))

        let homes = sheet(script).homes

        #expect(homes.map(\.dwelling) == ["d2", "d1"])
        #expect(homes.map { $0.alerts.map { $0.kind } } == [["sos"], ["smoke"]])
        #expect(homes.first?.alerts.first?.raisedAt == WallTime(EngineScript.origin.rawValue))
    }

    @Test("what is closed is no reason to hurry")
    func closed() {
        var script = EngineScript()
        script.say("button2", "sos=true")
        script.act(.close("sos-r2-1", outcome: .sos_real, note: ""), by: nil)

        #expect(sheet(script).homes.map(\.dwelling) == ["d1", "d2"])
        #expect(sheet(script).homes.allSatisfy { $0.alerts.isEmpty })
    }

    @Test("an alert that belongs to no flat is not lost")
    func elsewhere() {
        var script = EngineScript()
        script.say("button2", "sos=true")
        var registry = SmallCommunity.registry()
        registry.residents.removeAll { $0.id == "r2" }

        #expect(sheet(script, registry).elsewhere.map(\.id) == ["sos-r2-1"])
    }

    @Test("an empty flat is left out, and one that has only a device is not")
    func flats() {
        var registry = SmallCommunity.registry()
        registry.community.grids[0].buildings[0].units[0].dwellings.append(Dwelling(id: "d3", name: "1-1-103"))
        registry.residents.removeAll { $0.id == "r2" }

        #expect(sheet(EngineScript(), registry).homes.map(\.dwelling) == ["d1", "d2"])
    }
}
