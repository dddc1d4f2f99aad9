import Testing
import VigilCore
import VigilTesting

/// What is more than a person can take is told together, and nothing of it is hidden (`promises.md`, 4).
struct DigestTests {
    /// Smoke alarms of as many flats in one building; officer, desk and lead hear of each at once.
    private func script(_ flats: Int) -> EngineScript {
        var rules = Flood.rules()
        rules.channels = [ChannelLimits(id: "push", concurrency: 16), ChannelLimits(id: "sms", concurrency: 16)]
        return EngineScript(Flood.registry(flats), rules)
    }

    /// Smoke in the flats up to a number, one after the other.
    private func burn(_ flats: Int, _ script: inout EngineScript) {
        for flat in 1...flats {
            script.say("smoke\(flat)", "smoke=true")
            script.wait(Milliseconds(1))
        }
    }

    private func digests(_ script: EngineScript, to contact: ContactID) -> [Delivery] {
        script.deliveries.filter { $0.purpose == .digest && $0.contact == contact }
    }

    @Test("the first three go one by one, and the rest as one message that names each alert")
    func together() throws {
        var script = script(12)

        burn(12, &script)
        script.wait(.seconds(4))

        let singles = script.deliveries.filter { $0.contact == "officer" && $0.purpose == .notify && $0.state == .sending }
        let digest = try #require(digests(script, to: "officer").first)
        #expect(singles.count == 3)
        #expect(digest.message.alerts.count == 9)
        #expect(digest.message.title == "[emergency] smoke: 9 alerts")
        #expect(digest.message.body.hasPrefix("1-4"))
        #expect(digest.state == .sending)
        #expect(script.deliveries.filter { $0.digest == digest.id }.allSatisfy { $0.state == .grouped })
    }

    @Test("a digest that arrives has told each of its alerts, and each can be accepted by itself")
    func arrives() throws {
        var script = script(6)
        burn(6, &script)
        script.wait(.seconds(4))
        let digest = try #require(digests(script, to: "officer").first)

        script.settle(digest.id, .delivered)

        #expect(script.deliveries.filter { $0.digest == digest.id }.allSatisfy { $0.state == .delivered })
        for alert in digest.message.alerts { #expect(script.alert(alert)?.told.contains("officer") == true) }
        let verdict = script.act(.accept("smoke-d5-1"), by: "officer")
        #expect(verdict?.refusal == nil)
        #expect(script.alerts.filter { $0.state == .owned }.map(\.id) == ["smoke-d5-1"])
    }

    @Test("a digest is tried again for as long as one of its alerts is nobody's, and not when each is taken while it is under way")
    func takenWhileSending() throws {
        var script = script(5)
        burn(5, &script)
        script.wait(.seconds(4))
        let digest = try #require(digests(script, to: "officer").first)

        script.act(.accept(digest.message.alerts[0]), by: "desk")
        let first = script.delivery(digest.id)?.state
        script.act(.accept(digest.message.alerts[1]), by: "desk")
        script.settle(digest.id, .retryable(reason: "503", after: nil))
        let later = script.wait(.minutes(5)).deliveries

        #expect(first == .sending)
        #expect(script.delivery(digest.id)?.state == .withdrawn)
        #expect(!later.contains { $0.id == digest.id && $0.state == .sending })
    }

    @Test("a digest that fails goes over each one's next channel, together again")
    func fallsThrough() throws {
        var script = script(6)
        burn(6, &script)
        script.wait(.seconds(4))
        let digest = try #require(digests(script, to: "officer").first)

        script.settle(digest.id, .permanent(reason: "410"))
        script.wait(.seconds(4))

        let texts = script.deliveries.filter { $0.channel == "sms" && $0.state == .sending }
        #expect(texts.map(\.purpose) == [.notify, .digest])
        #expect(Set(texts.map(\.alert) + (texts.last?.message.alerts ?? [])) == Set(digest.message.alerts))
    }

    @Test("an alert that somebody takes leaves the digest that waits, and who may have heard of it is told")
    func taken() throws {
        var script = script(6)
        burn(6, &script)

        script.act(.accept("smoke-d6-1"), by: "lead")
        script.wait(.seconds(4))

        let digest = try #require(digests(script, to: "officer").first)
        #expect(digest.message.alerts == ["smoke-d4-1", "smoke-d5-1"])
    }

    @Test("a digest under way when one of its alerts is taken counts as told")
    func takenUnderWay() throws {
        var script = script(6)
        burn(6, &script)
        script.wait(.seconds(4))

        script.act(.accept("smoke-d6-1"), by: "lead")

        let news = script.deliveries.filter { $0.alert == "smoke-d6-1" && $0.purpose == .taken }
        #expect(news.contains { $0.contact == "officer" })
    }

    @Test("a fall in the middle of it goes at once and by itself")
    func anotherKind() throws {
        var script = script(50)
        burn(50, &script)

        let effects = script.say("band1", "fall=true")

        let told = effects.deliveries.filter { $0.alert == "fall-r1-1" }
        #expect(told.contains { $0.contact == "officer" && $0.dueAt == script.time })
    }

    @Test("after a restart nobody gets a second helping")
    func restart() throws {
        var script = script(20)
        burn(6, &script)
        script.deliverAll()

        script.apply(.started(Start(boot: "next", gap: nil, clock: EngineScript.clock)))
        let effects = script.say("smoke7", "smoke=true")

        #expect(effects.deliveries.filter { $0.contact == "officer" && $0.state == .sending }.isEmpty)
        script.wait(.seconds(10))
        #expect(digests(script, to: "officer").flatMap(\.message.alerts).contains("smoke-d7-1"))
    }

    @Test("what quiet hours held of several alerts is told together in the morning", arguments: [(3, 3, 0), (8, 0, 8)])
    func morning(flats: Int, singles: Int, together: Int) throws {
        var registry = Flood.registry(flats)
        for index in registry.contacts.indices {
            registry.contacts[index].quietHours = QuietHours(from: TimeOfDay(rawValue: 0), to: TimeOfDay(rawValue: 23 * 60 + 59))
        }
        var rules = Flood.rules(.blue)
        rules.channels[0].concurrency = 16
        var script = EngineScript(registry, rules)
        burn(flats, &script)

        while script.deliveries.allSatisfy({ $0.state == .ready }), let due = script.engine.nextDeadline {
            script.wait(due - script.time)
        }

        let sent = script.deliveries.filter { $0.contact == "officer" && $0.state == .sending }
        #expect(sent.filter { $0.purpose == .notify }.count == singles)
        #expect(sent.filter { $0.purpose == .digest }.map(\.message.alerts.count) == (together > 0 ? [together] : []))
    }

    @Test("messages that a dead channel keeps trying keep nobody from the other channel")
    func deadChannel() {
        var script = script(12)

        burn(12, &script)
        for _ in 0..<20 {
            script.wait(.seconds(15))
            for delivery in script.deliveries where delivery.state == .sending {
                script.settle(delivery.id, delivery.channel == "push" ? .retryable(reason: "503", after: nil) : .delivered)
            }
        }

        for alert in script.alerts { #expect(alert.told == ["officer"], "\(alert.id)") }
    }
}
