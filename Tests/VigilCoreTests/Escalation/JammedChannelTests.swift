import Testing
import VigilCore
import VigilTesting

/// A channel that hangs keeps nobody from the next one (`alert-lifecycle.md`, section 5).
struct JammedChannelTests {
    /// `push` has one slot, and whoever has it never answers; then the second resident calls for help.
    private func jammed(_ payload: String = "sos=true", _ device: String = "button1") -> EngineScript {
        var rules = SmallCommunity.rules()
        rules.channels = [ChannelLimits(id: "push", concurrency: 1), ChannelLimits(id: "sms", concurrency: 3)]
        var script = EngineScript(SmallCommunity.registry(), rules)
        script.say("button2", "sos=true")
        script.say(device, payload)
        return script
    }

    /// Whoever has the slot gets it anew whenever the lease is over, so that it is never free.
    private func texts(_ script: EngineScript, about alert: AlertID) -> [Delivery] {
        script.deliveries.filter { $0.alert == alert && $0.channel == "sms" && $0.contact == "officer" }
    }

    @Test("a red call that waits 30 s for a slot goes over the person's next channel as well, and once")
    func nextChannel() throws {
        var script = jammed()
        script.wait(Milliseconds(29_900))
        let early = texts(script, about: "sos-r1-1")

        script.wait(Milliseconds(100))
        let texts = texts(script, about: "sos-r1-1")
        let call = try #require(script.deliveries.first { $0.alert == "sos-r1-1" && $0.channel == "push" })
        script.wait(.seconds(10))

        #expect(early.isEmpty)
        #expect(texts.map(\.state) == [.sending])
        #expect(call.lease > 0 || call.lastFailure == "no free slot within 30s")
        #expect(self.texts(script, about: "sos-r1-1").count == 1)
        #expect(script.story(of: "sos-r1-1").contains(.delivery_failed))
    }

    @Test("what has its slot in time goes over no other channel")
    func inTime() {
        var script = jammed()
        script.wait(.seconds(29))
        while let delivery = script.deliveries.first(where: { $0.state == .sending }) { script.settle(delivery.id, .delivered) }

        script.wait(.seconds(20))

        #expect(texts(script, about: "sos-r1-1").isEmpty)
    }
}
