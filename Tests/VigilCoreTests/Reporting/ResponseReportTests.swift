import Testing
import VigilCore
import VigilTesting

struct ResponseReportTests {
    private func close(_ id: AlertID, _ outcome: OutcomeCode, after: Milliseconds, in script: inout EngineScript) {
        script.wait(after)
        script.act(.accept(id), by: "officer")
        script.act(.close(id, outcome: outcome, note: ""), by: "officer")
    }

    @Test("times are counted over what people were told of; who was never owned is counted beside them")
    func times() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        close("sos-r1-1", .sos_real, after: .seconds(30), in: &script)
        script.say("button2", "sos=true")
        close("sos-r2-1", .sos_accidental, after: .seconds(50), in: &script)
        script.say("band1", "fall=true")
        script.act(.close("fall-r1-1", outcome: .device_off_body, note: ""), by: nil)
        script.say("band2", "fall=true")

        let group = try #require(script.report(.grid).first)

        #expect(group.key == "g1")
        #expect(group.name == "First")
        #expect(group.alerts == 4)
        #expect(group.open == 1)
        #expect(group.neverOwned == 2)
        #expect(group.owned == ResponseTimes([.seconds(30), .seconds(50)]))
        #expect(group.onScene.count == 0)
        #expect(group.closed == ResponseTimes([.zero, .seconds(30), .seconds(50)]))
        #expect([group.real, group.falseAlarms, group.neither] == [1, 2, 0])
    }

    @Test("drills are counted and measure nothing")
    func drills() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        close("sos-r1-1", .drill, after: .seconds(30), in: &script)

        let group = try #require(script.report(.kind).first)

        #expect(group.drills == 1)
        #expect([group.alerts, group.neverOwned, group.owned.count, group.closed.count, group.neither] == [0, 0, 0, 0, 0])
    }

    @Test("a rule in the shadow leaves nothing to count")
    func shadow() {
        var rules = SmallCommunity.rules()
        rules.rules[0].isShadow = true
        var script = EngineScript(SmallCommunity.registry(), rules)

        script.say("button1", "sos=true")

        #expect(script.report(.alertClass, .rule).isEmpty)
    }

    @Test("what the resident cancelled before anybody was told is a false alarm, and no response")
    func cancelled() throws {
        var script = EngineScript()
        script.say("watch1", "fall=true")
        script.say("watch1", "cancel=true")

        let group = try #require(script.report(.rule).first)

        #expect(group.key == "fall")
        #expect([group.cancelled, group.falseAlarms, group.alerts, group.neverOwned] == [1, 1, 0, 0])
    }

    @Test("what concerns the watch itself does not blur the times of people's lives")
    func technical() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.apply(.health(Health(.source("home"), .down)))
        script.wait(.minutes(10))

        #expect(script.report(.severity).map(\.key) == ["red", "technical"])
        #expect(script.report(.grid).map(\.key) == ["g1", "technical"])
        #expect(script.report(.resident).map(\.key) == ["r1", "technical"])
        #expect(script.report(.alertClass).map(\.key) == ["life", "technical"])
    }

    @Test("colours stand worst first, whatever their number, and count as they were when it began")
    func colours() {
        var script = EngineScript()
        for number in 1...2 { script.say("band\(number)", "heart_rate_bpm=130") }
        script.wait(.minutes(2))
        script.say("button1", "sos=true")

        let groups = script.report(.severity)

        #expect(groups.map(\.key) == ["red", "yellow"])
        #expect(groups.map(\.alerts) == [1, 2])
    }

    @Test("false alarms are counted by the model of the device that raised them")
    func models() {
        var registry = SmallCommunity.registry()
        for index in registry.devices.indices where registry.devices[index].id == "button1" {
            registry.devices[index].model = "Acme SOS 2"
        }
        var script = EngineScript(registry)
        script.say("button1", "sos=true")
        close("sos-r1-1", .sos_accidental, after: .seconds(1), in: &script)
        script.say("button2", "sos=true")
        close("sos-r2-1", .sos_real, after: .seconds(1), in: &script)

        let groups = script.report(.deviceModel, registries: [registry])

        #expect(groups.map(\.key) == ["Acme SOS 2", nil])
        #expect(groups.map(\.falseAlarms) == [1, 0])
        #expect(groups.map(\.real) == [0, 1])
    }

    @Test("who has left since is counted where they were")
    func moved() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        var later = SmallCommunity.registry(version: 2)
        later.residents.removeAll { $0.id == "r1" }
        later.community.grids[0].name = "Renamed"

        let groups = script.report(.grid, .resident, registries: [later, SmallCommunity.registry()])

        #expect(groups.map(\.key) == ["g1", "r1"])
        #expect(groups.map(\.name) == ["Renamed", nil])
    }

    @Test("a response belongs to the period in which it began")
    func period() {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.wait(.seconds(10))
        script.say("button2", "sos=true")
        let second = EngineScript.origin + .seconds(10)

        func keys(_ period: Range<EngineTime>) -> [String?] {
            ResponseReport(script.histories, registries: [SmallCommunity.registry()], period: period, by: [.resident]).groups.map(\.key)
        }

        #expect(keys(EngineScript.origin..<second) == ["r1"])
        #expect(keys(second..<(second + Milliseconds(1))) == ["r2"])
        #expect(keys((second + Milliseconds(1))..<EngineTime(.max)).isEmpty)
    }

    @Test("without an alert there is no group")
    func empty() {
        #expect(EngineScript().report(.alertClass, .grid).isEmpty)
    }
}
