import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 8: a drill is recognised as one, and ends with the acceptance.
struct DrillTests {
    private func script(_ subject: Subject) -> EngineScript {
        var script = EngineScript()
        script.act(.place(OrderRequest(.drill(subject), lasts: .hours(1))), by: "officer")
        return script
    }

    @Test(
        "a call for help under a drill is marked in alert and message, and the acceptance ends it",
        arguments: [Subject.resident("r1"), .device("button1")])
    func drill(subject: Subject) throws {
        var script = script(subject)
        let press = script.say("button1", "sos=true")

        script.act(.accept("sos-r1-1"), by: "officer")

        #expect(press.deliveries.first?.message.title.hasPrefix("[drill] ") == true)
        let alert = try #require(script.alert("sos-r1-1"))
        #expect(alert.isDrill)
        #expect(alert.closure?.outcome == .drill)
        #expect(alert.closure?.by.contact == "officer")
        #expect(!alert.awaitsReview)
    }

    @Test("somebody else's call, and the same one's after the drill, is real", arguments: ["button2", "button1"])
    func others(device: String) throws {
        var script = script(.device("button1"))
        if device == "button1" { script.wait(.hours(1)) }

        let press = script.say(device, "sos=true")

        #expect(press.deliveries.first?.message.title.hasPrefix("[emergency]") == true)
        #expect(script.alerts.last?.isDrill == false)
    }

    @Test("a fall and smoke are never a drill")
    func neverADrill() {
        var script = script(.resident("r1"))
        script.say("band1", "fall=true")
        script.say("smoke1", "smoke=true")

        #expect(script.alerts.allSatisfy { !$0.isDrill })
    }

    @Test("a press that nobody announced makes an open drill real, and rings anew")
    func becomesReal() throws {
        var script = script(.resident("r1"))
        script.wait(.minutes(59))
        script.say("button1", "sos=true")
        script.wait(.minutes(2))
        script.deliverAll()

        let press = script.say("button1", "sos=true")

        #expect(try #require(script.alert("sos-r1-1")).isDrill == false)
        #expect(press.deliveries.first?.message.title.hasPrefix("[emergency]") == true)
    }

    @Test("a press soon after a drill reopens it as real")
    func reopenedAsReal() throws {
        var script = script(.resident("r1"))
        script.say("button1", "sos=true")
        script.act(.accept("sos-r1-1"), by: "officer")
        script.act(.endOrder("drill-1"), by: "officer")

        let press = script.say("button1", "sos=true")

        #expect(try #require(script.alert("sos-r1-1")).isDrill == false)
        #expect(press.told.contains("officer/push"))
    }

    @Test("where a drill becomes real, what still waits to tell of a drill is taken back")
    func waitingBecomesReal() throws {
        var rules = SmallCommunity.rules()
        rules.channels = [ChannelLimits(id: "push", concurrency: 1), ChannelLimits(id: "sms", concurrency: 1)]
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.act(.place(OrderRequest(.drill(.device("button1")), lasts: .hours(1))), by: "officer")
        script.say("button2", "sos=true")
        script.say("button1", "sos=true")
        script.act(.endOrder("drill-1"), by: "officer")

        script.say("button1", "sos=true")
        script.deliverAll()

        let told = script.deliveries.filter { $0.alert == "sos-r1-1" && $0.contact == "officer" }
        #expect(told.map(\.state) == [.withdrawn, .delivered])
        #expect(told.last?.message.title.hasPrefix("[emergency]") == true)
    }

    /// As many residents as given, each with a band, and drills of the first of them.
    private func manyDrills(_ count: Int, of residents: Int) -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.channels = [ChannelLimits(id: "push", concurrency: 16), ChannelLimits(id: "sms", concurrency: 16)]
        var script = EngineScript(Flood.registry(residents), rules)
        for number in 1...count {
            script.act(.place(OrderRequest(.drill(.device(DeviceID("band\(number)"))), lasts: .hours(1))), by: "officer")
        }
        return script
    }

    @Test("drills that are told together say that they are drills, and what is real neither stands among them nor waits for them")
    func digest() throws {
        var script = manyDrills(5, of: 6)
        for number in 1...5 {
            script.say("band\(number)", "sos=true")
            script.wait(Milliseconds(1))
        }

        let real = script.say("band6", "sos=true")
        script.wait(.seconds(4))

        #expect(real.told == ["officer/push"])
        let digest = try #require(script.deliveries.first { $0.purpose == .digest })
        #expect(digest.message.title == "[drill] [emergency] call for help: 2 alerts")
        #expect(digest.message.isDrill)
        #expect(digest.message.alerts == ["sos-r4-1", "sos-r5-1"])
    }

    @Test("real calls that are told together do not say that they are drills")
    func digestOfRealCalls() throws {
        var script = manyDrills(1, of: 6)
        for number in 2...6 {
            script.say("band\(number)", "sos=true")
            script.wait(Milliseconds(1))
        }

        script.say("band1", "sos=true")
        script.wait(.seconds(4))

        let digest = try #require(script.deliveries.first { $0.purpose == .digest })
        #expect(digest.message.title == "[emergency] call for help: 2 alerts")
        #expect(digest.message.alerts == ["sos-r5-1", "sos-r6-1"])
    }

    @Test("a restart in the middle knows the drill", arguments: [nil, 6])
    func restart(snapshotAt: Int?) throws {
        let script = script(.resident("r1"))

        var life = try SecondLife(of: script, after: .seconds(5), snapshotAt: snapshotAt)
        life.apply(.frame(Frame(source: "home", origin: .mqtt(topic: "text/button1"), payload: Array("sos=true".utf8))))

        #expect(life.engine.openAlerts.map(\.isDrill) == [true])
    }

    @Test("a press that arrives late under a drill is one only where it happened under it as well")
    func late() {
        var script = script(.device("button1"))
        script.wait(.minutes(30))

        script.tell("button1", "sos=true", ago: .hours(2))
        let before = script.alert("sos-r1-1")
        script.act(.close("sos-r1-1", outcome: .sos_real, note: ""), by: "officer")
        script.tell("button1", "sos=true", ago: .minutes(20))

        #expect(before?.isDrill == false)
        #expect(script.alert("sos-r1-1")?.isDrill == true)
    }
}
