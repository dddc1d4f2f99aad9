import Testing
import VigilCore
import VigilTesting

/// `alert-lifecycle.md`, section 4: what is out holds back the absence and the technical findings below it, and nothing else.
struct InhibitedAlertTests {
    /// Everything of r1 but the button speaks through a bridge, which says itself how it is.
    private func registry(_ change: (inout [Device]) -> Void = { _ in }) -> Registry {
        var registry = SmallCommunity.registry()
        for index in registry.devices.indices where ["band1", "smoke1", "motion1"].contains(registry.devices[index].id) {
            registry.devices[index].via = "hub"
        }
        registry.devices.append(Device(id: "hub", address: TextDecoder.address("hub"), liveness: .bridge, silentAfter: .hours(100)))
        change(&registry.devices)
        return registry
    }

    private func script(_ registry: Registry? = nil) -> EngineScript {
        var script = EngineScript(registry ?? self.registry())
        script.say("hub", "bridge_availability=true")
        return script
    }

    @Test(
        "a bridge that says that it is offline is one technical alert, until it is back",
        arguments: ["bridge_availability", "availability"], [("false", "true"), ("offline", "online")])
    func offline(kind: String, words: (String, String)) throws {
        var script = script()

        let gone = script.say("hub", "\(kind)=\(words.0)")
        let back = script.say("hub", "\(kind)=\(words.1)")

        #expect(gone.findings.map(\.kind) == ["bridge_offline"])
        #expect(gone.told.contains("officer/push"))
        #expect(back.findings.map(\.change) == [.cleared])
    }

    @Test("a bridge that says that it is online, or a word that nobody knows, is not out", arguments: ["online", "starting"])
    func notOffline(word: String) {
        var script = script()

        #expect(script.say("hub", "bridge_availability=\(word)").findings.isEmpty)
    }

    @Test("what a bridge says late of then neither begins nor ends an outage now")
    func lateConnection() {
        var script = script()

        let lateEnd = script.tell("hub", "bridge_availability=false", ago: .hours(2))
        script.say("hub", "bridge_availability=false")
        let lateReturn = script.tell("hub", "bridge_availability=true", ago: .hours(1))

        #expect(lateEnd.findings.isEmpty)
        #expect(lateReturn.findings.isEmpty)
        #expect(script.alert("bridge_offline-hub-1")?.condition == .active)
    }

    @Test("other devices' availability is no bridge's")
    func otherAvailability() {
        var script = script()

        #expect(script.say("motion1", "availability=false").findings.isEmpty)
    }

    @Test("what falls silent behind it is held, and the residents are on the blind list")
    func silentBehind() throws {
        var script = script()
        script.say("hub", "bridge_availability=false")
        script.deliverAll()
        let since = script.time

        let silent = script.wait(.hours(2))

        let band = try #require(script.alert("device_silent-band1-1"))
        #expect(band.holds == [.inhibited("bridge_offline-hub-1")])
        #expect(!silent.deliveries.contains { $0.alert == band.id })
        let blind = try #require(script.engine.blindList.first)
        #expect(blind.resident == "r1")
        #expect(blind.devices == ["band1", "smoke1", "motion1"])
        #expect(blind.causes.contains("bridge_offline-hub-1"))
        #expect(blind.since == since)
        #expect(blind.isWhole)
    }

    @Test(
        "what is heard and tells of others alone hears nobody: who is heard by nothing else is heard by nothing",
        arguments: [("motion@elsewhere=true", true), ("motion=true", false)])
    func receiver(word: String, isWhole: Bool) throws {
        var script = script(
            registry { $0.append(Device(id: "antenna", address: TextDecoder.address("antenna"), dwelling: "d1", liveness: .mains)) })
        script.say("antenna", word)

        script.say("hub", "bridge_availability=false")

        let blind = try #require(script.engine.blindList.first { $0.resident == "r1" })
        #expect(blind.devices == ["band1", "smoke1", "motion1"])
        #expect(blind.isWhole == isWhole)
    }

    @Test("a device of another bridge falls silent and tells")
    func elsewhere() throws {
        var script = script()
        script.say("hub", "bridge_availability=false")
        script.deliverAll()

        let effects = script.wait(.hours(2))

        #expect(effects.deliveries.contains { $0.alert == "device_silent-band2-1" })
        #expect(script.engine.blindList.last?.resident == "r2")
        #expect(script.engine.blindList.last?.isWhole == false)
    }

    @Test("absence behind it is held, and begins to tell when the bridge is back and they are still silent")
    func absence() throws {
        var script = script()
        script.say("hub", "bridge_availability=false")
        script.wait(.hours(13))
        let held = try #require(script.alert("absence-r1-1"))
        let whileOut = script.deliveries.filter { $0.alert == held.id }

        let back = script.say("hub", "bridge_availability=true")
        let bandBack = script.say("band1", "worn=true")

        #expect(held.holds.contains(.inhibited("bridge_offline-hub-1")))
        #expect(whileOut.isEmpty)
        #expect((back + bandBack).deliveries.contains { $0.alert == held.id && $0.purpose == .notify })
        #expect(script.alert(held.id)?.holds == [])
    }

    @Test("absence of somebody of whom something can still be heard tells as ever")
    func oneEyeLeft() throws {
        var script = script(
            registry { devices in for index in devices.indices where devices[index].id == "band1" { devices[index].via = nil } })
        script.say("hub", "bridge_availability=false")
        for _ in 0..<26 {
            script.wait(.minutes(30))
            script.say("band1", "battery_percent=50")
        }

        let alert = try #require(script.alert("absence-r1-1"))

        #expect(alert.holds.isEmpty)
        #expect(script.deliveries.contains { $0.alert == alert.id })
    }

    @Test("an absence that has begun to tell is not taken back when the bridge goes out afterwards")
    func rangBefore() throws {
        var script = script()
        for _ in 0..<26 {
            script.wait(.minutes(30))
            script.say("band1", "battery_percent=50")
        }
        let before = try #require(script.alert("absence-r1-1"))

        script.say("hub", "bridge_availability=false")

        #expect(before.holds.isEmpty)
        #expect(script.alert(before.id)?.holds == [])
    }

    @Test("a call for help, a fall and smoke tell, whatever is out")
    func life() {
        var script = script()
        script.say("hub", "bridge_availability=false")
        script.deliverAll()

        #expect(script.say("button1", "sos=true").told == ["officer/push"])
        #expect(script.say("band1", "fall=true").told == ["officer/push"])
        script.deliverAll()
        #expect(!script.say("smoke1", "smoke=true").told.isEmpty)
    }

    @Test("a cause that is silenced itself explains technical findings, and no absence")
    func silencedCause() throws {
        var script = script()
        script.act(
            .place(OrderRequest(.silence(AlertMatcher(kind: "bridge_offline")), lasts: .hours(24), reason: "works")), by: "officer")
        script.say("hub", "bridge_availability=false")

        script.wait(.hours(13))

        #expect(try #require(script.alert("device_silent-band1-1")).holds == [.inhibited("bridge_offline-hub-1")])
        let absence = try #require(script.alert("absence-r1-1"))
        #expect(!absence.holds.contains(.inhibited("bridge_offline-hub-1")))
    }

    @Test("a source that is down puts those whom nobody else hears on the blind list, until it is back")
    func source() throws {
        var script = script()
        script.hearing = []
        for source in SmallCommunity.sources { script.apply(.health(Health(.source(source), .down))) }
        script.wait(.minutes(1))
        let blind = script.engine.blindList

        script.apply(.health(Health(.source("home"), .up)))

        #expect(blind.map(\.resident) == ["r1", "r2"])
        #expect(blind.allSatisfy { $0.isWhole && $0.causes == ["source_down-source-home-1", "source_down-source-radio-1"] })
        #expect(script.engine.blindList.isEmpty)
    }

    @Test("a restart in the middle finds it held, and the bridge's return lets it go", arguments: [nil, 7])
    func restart(snapshotAt: Int?) throws {
        var script = script()
        script.say("hub", "bridge_availability=false")
        script.wait(.hours(13))

        var life = try SecondLife(of: script, after: .seconds(5), snapshotAt: snapshotAt)
        let started = life.effects.deliveries.filter { $0.alert == "absence-r1-1" }
        let blind = life.engine.blindList.map(\.resident)
        life.apply(.frame(Frame(source: "home", origin: .mqtt(topic: "text/hub"), payload: Array("bridge_availability=true".utf8))))
        life.apply(.frame(Frame(source: "home", origin: .mqtt(topic: "text/band1"), payload: Array("worn=true".utf8))))

        #expect(started.isEmpty)
        #expect(blind.contains("r1"))
        #expect(life.effects.deliveries.contains { $0.alert == "absence-r1-1" })
    }
}
