import Testing
import VigilCore
import VigilTesting

/// Hand-over of `alert-lifecycle.md`, section 3: responsibility moves only when the other one accepts.
struct HandOverTests {
    private let id: AlertID = "sos-r1-1"

    /// The officer has it.
    private func owned() -> EngineScript {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.accept(id), by: "officer")
        script.deliverAll()
        return script
    }

    @Test("OWNED: an offer asks the other one, who may accept, and moves nothing")
    func offered() {
        var script = owned()

        let reply = script.act(.handOver(id, to: "second"), by: "officer")

        #expect(reply == .done)
        #expect(script.deliveries.last.map { "\($0.contact) \($0.purpose) \($0.message.isAcceptable)" } == "second notify true")
        #expect(script.deliveries.last?.message.body.contains("Name of officer asks you to take over") == true)
        #expect(script.alert(id)?.owner?.contact == "officer")
    }

    @Test("OWNED to OWNED: it moves when the other one accepts, under a lease of their own, and the first hears of it")
    func accepted() {
        var script = owned()
        script.act(.handOver(id, to: "second"), by: "officer")
        script.deliverAll()
        script.wait(.minutes(2))

        let reply = script.act(.accept(id), by: "second")

        #expect(reply == .done)
        #expect(script.alert(id)?.owner?.contact == "second")
        #expect(script.alert(id)?.handOver == nil)
        #expect(script.alert(id)?.leaseUntil == script.time + .minutes(3))
        #expect(script.deliveries.last.map { "\($0.contact) \($0.purpose)" } == "officer taken")
    }

    @Test("the other one declines: the owner has it still, and hears so")
    func declined() {
        var script = owned()
        script.act(.handOver(id, to: "second"), by: "officer")
        script.deliverAll()

        script.act(.decline(id), by: "second")

        #expect(script.alert(id)?.owner?.contact == "officer")
        #expect(script.alert(id)?.handOver == nil)
        #expect(script.deliveries.last.map { "\($0.contact) \($0.purpose)" } == "officer notify")
        #expect(script.story(of: id).contains(.hand_over_declined))
    }

    @Test("an offer puts off nothing: the owner's lease runs out as before")
    func leaseOver() {
        var script = owned()
        script.wait(.minutes(2))
        script.act(.handOver(id, to: "second"), by: "officer")

        let effects = script.wait(.minutes(1))

        #expect(effects.entries.map(\.event).contains(.lease_expired))
        #expect(script.alert(id)?.handOver == nil)
    }

    @Test("only the owner, or the desk for them, may offer; somebody must have it, and the other one must be reachable")
    func refused() {
        var script = owned()
        var unowned = EngineScript()
        unowned.say("button1", "sos=true")

        #expect(script.act(.handOver(id, to: "lead"), by: "second")?.refusal?.contains("officer") == true)
        #expect(script.act(.handOver(id, to: "officer"), by: "officer")?.refusal?.contains("already") == true)
        #expect(script.act(.handOver(id, to: "stranger"), by: "officer")?.refusal?.contains("stranger") == true)
        #expect(unowned.act(.handOver(id, to: "second"), by: "officer")?.refusal?.contains("nobody has") == true)
        #expect(script.act(.handOver(id, to: "second"), by: nil) == .done)
    }

    @Test("somebody else than the one who was asked cannot take it")
    func acceptedByAnother() {
        var script = owned()
        script.act(.handOver(id, to: "second"), by: "officer")

        #expect(script.act(.accept(id), by: "lead")?.refusal?.contains("officer") == true)
    }
}
