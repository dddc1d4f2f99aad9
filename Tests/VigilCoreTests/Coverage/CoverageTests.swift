import Testing
import VigilCore
import VigilTesting

struct CoverageTests {
    /// Everything speaks, and the officer got a message lately.
    private func script(_ change: (inout Registry, inout RuleSet) -> Void = { _, _ in }) -> EngineScript {
        var (registry, rules) = (SmallCommunity.registry(), SmallCommunity.rules())
        registry.devices[0].button = .sos
        change(&registry, &rules)
        var script = EngineScript(registry, rules)
        for device in ["band1", "watch1", "smoke1", "motion1", "button1"] { script.say(device, "battery_percent=80") }
        script.say("band1", "worn=true steps=10")
        script.say("motion1", "motion=false")
        return script
    }

    private func coverage(
        _ script: EngineScript, of resident: ResidentID = "r1", deliveries: [LastDelivery]? = nil, recording: Bool = true
    ) throws -> Coverage {
        var facts = script.engine.coverageFacts
        facts.linger = .seconds(1)
        facts.isRecording = recording
        facts.deliveries =
            deliveries ?? [
                LastDelivery(
                    contact: "officer", channel: "push", address: "push:officer", deliveredAt: EngineScript.origin, failedAt: nil)
            ]
        return try CoverageJudge(facts).coverage(of: resident)
    }

    private func link(_ coverage: Coverage, _ danger: Danger, _ what: Coverage.Link.What) -> Coverage.Link? {
        coverage.parts.first { $0.danger == danger }?.links.first { $0.what == what }
    }

    private func part(_ coverage: Coverage, _ danger: Danger) throws -> Coverage.Part {
        try #require(coverage.parts.first { $0.danger == danger })
    }

    @Test("where every link holds a resident is covered, and nothing is weakest")
    func covered() throws {
        let coverage = try coverage(script())

        #expect(coverage.verdict == .covered, "\(coverage)")
        #expect(coverage.weakest == nil)
        #expect(coverage.parts.map(\.danger) == [.sos, .fall, .smoke, .inactivity])
    }

    @Test(
        "the worst case to notice is the longest silence that counts, or the time between tests, and the turn; of inactivity the rule's time"
    )
    func notice() throws {
        let coverage = try coverage(script())

        #expect(try part(coverage, .fall).noticedWithin == .hours(1) + .seconds(1))
        #expect(try part(coverage, .sos).noticedWithin == .hours(7 * 24) + .seconds(1))
        #expect(try part(coverage, .smoke).noticedWithin == .hours(49) + .seconds(1))
        #expect(try part(coverage, .inactivity).noticedWithin == .hours(12) + .seconds(1))
    }

    @Test("a battery that is low, or will be empty soon, is a weak link of what its device serves")
    func battery() throws {
        var script = script()
        script.say("band1", "battery_low=true")
        #expect(link(try coverage(script), .fall, .device)?.verdict == .degraded)
        #expect(link(try coverage(script), .fall, .device)?.reason.english == "the battery of band1 is low, or will be empty soon")
        script.say("band1", "battery_low=false")
        #expect(link(try coverage(script), .fall, .device)?.verdict == .covered)

        for percent in (1...8).map({ 80 - 10 * $0 }) {
            script.wait(.hours(24))
            for device in ["band1", "watch1", "motion1", "button1"] { script.say(device, "motion=true") }
            script.say("smoke1", "battery_percent=\(percent)")
        }
        #expect(link(try coverage(script), .smoke, .device)?.verdict == .degraded)
        #expect(link(try coverage(script), .fall, .device)?.verdict == .covered)
    }

    @Test("of a button that nobody is asked to try out nothing bounds it")
    func neverTested() throws {
        let coverage = try coverage(script { _, rules in rules.testCadences = [] })

        #expect(try part(coverage, .sos).noticedWithin == nil)
        #expect(try part(coverage, .fall).noticedWithin == .hours(1) + .seconds(1))
    }

    @Test("the worst case to tell is the engine's first message, and an attempt for each way to that person")
    func tell() throws {
        let usual = try coverage(script())
        let single = try coverage(script { _, rules in rules.policies[0].steps[0].notify = [.contact("second")] })

        // Twice 30 s for the officer's two channels; a fall may be cancelled for 20 s.
        #expect(try part(usual, .sos).toldWithin == .seconds(60))
        #expect(try part(usual, .fall).toldWithin == .seconds(80))
        #expect(try part(single, .sos).toldWithin == .seconds(30))
    }

    @Test("a band that lies on the table sees no fall; the button beside it still calls")
    func offBody() throws {
        var script = script()
        script.say("band1", "worn=false")

        let coverage = try coverage(script)

        #expect(link(coverage, .fall, .worn)?.verdict == .blind)
        #expect(link(coverage, .sos, .worn)?.verdict == .degraded)
        #expect(coverage.weakest?.what == .worn && coverage.verdict == .blind)
    }

    @Test("whom the blind list names is blind or degraded here as well")
    func silent() throws {
        var script = script()
        script.wait(.hours(2))

        let coverage = try coverage(script)

        #expect(script.engine.blindList.map(\.resident).contains("r1"))
        #expect(link(coverage, .fall, .device)?.verdict == .blind)
        #expect(link(coverage, .smoke, .device)?.verdict == .covered)
        #expect(link(coverage, .inactivity, .device)?.verdict == .degraded)
    }

    @Test("what is silent stays unheard though somebody closed the alert about it, until it speaks")
    func closedSilence() throws {
        var script = script()
        script.wait(.hours(2))
        script.act(.close("device_silent-band1-1", outcome: .battery, note: ""), by: "officer")
        let closed = script.engine.blindList.first { $0.resident == "r1" }
        let coverage = try coverage(script)
        script.say("band1", "battery_percent=90")

        #expect(closed?.devices == ["band1"])
        #expect(closed?.causes == [])
        #expect(link(coverage, .fall, .device)?.verdict == .blind)
        #expect(!script.engine.blindList.contains { $0.resident == "r1" })
    }

    @Test("whom nobody observed for longer than their rule waits is not well protected from inactivity, until they give a sign of life")
    func unobserved() throws {
        var life = try SecondLife(of: script(), after: .hours(13))
        var facts = life.engine.coverageFacts
        let after = try CoverageJudge(facts).coverage(of: "r1")
        life.say("motion1", "motion=true")
        facts = life.engine.coverageFacts
        let seen = try CoverageJudge(facts).coverage(of: "r1")

        #expect(link(after, .inactivity, .device)?.verdict == .degraded)
        #expect(link(after, .smoke, .device)?.verdict == .covered)
        #expect(link(seen, .inactivity, .device)?.verdict == .covered)
    }

    @Test("a smoke detector gives no sign of life, and a device of several that never spoke is named")
    func partly() throws {
        let smokeOnly = try coverage(
            script { registry, _ in registry.devices.removeAll { !["smoke1", "smoke2"].contains($0.id) } })
        var registry = SmallCommunity.registry()
        registry.devices.append(
            Device(id: "cord1", address: TextDecoder.address("cord1"), resident: "r1", liveness: .oneWay))
        var script = EngineScript(registry)
        for device in ["band1", "watch1", "button1"] { script.say(device, "battery_percent=80") }
        let cord = try #require(link(try coverage(script), .sos, .device))

        #expect(link(smokeOnly, .inactivity, .device)?.verdict == .blind)
        #expect(cord.verdict == .degraded)
        #expect(cord.reason.english.hasPrefix("never heard: cord1"))
    }

    @Test(
        "a device whose class people call with, and that never called, is no proven way to call, until it calls or the registry says it does"
    )
    func neverCalled() throws {
        func sos(_ change: (inout EngineScript) -> Void) throws -> Coverage.Link? {
            var script = script { registry, _ in
                registry.devices.removeAll { $0.resident == "r1" && $0.id != "button1" }
                registry.devices[0].button = nil
            }
            change(&script)
            return link(try coverage(script), .sos, .device)
        }

        let untried = try sos { _ in }
        let called = try sos { $0.say("button1", "sos=true") }

        #expect(untried?.verdict == .degraded)
        #expect(untried?.reason.english == "never called for help: button1; try it with vigil devices test")
        #expect(called?.verdict == .covered)
    }

    @Test(
        "a button whose press means nothing is no way to call, and what to do is said; one that means a call is",
        arguments: [(nil, Protection.blind), (.visit, .blind), (.sos, .covered)] as [(ObservationKind?, Protection)])
    func meaninglessPress(meaning: ObservationKind?, verdict: Protection) throws {
        var script = script { registry, _ in
            registry.devices.removeAll { $0.resident == "r1" && $0.id != "button1" }
            registry.devices[0].button = meaning
        }
        script.say("button1", "button!=single")

        let found = link(try coverage(script), .sos, .device)

        #expect(found?.verdict == verdict)
        if meaning == nil {
            #expect(found?.reason.english == "a press of button1 is no call for help: write button: sos beside it in the registry")
        }
    }

    @Test("a receiver that speaks for others alone gives no sign of life; the sensor that it speaks for is heard")
    func receiver() throws {
        var registry = SmallCommunity.registry()
        registry.devices.removeAll { $0.id != "motion1" }
        registry.devices.append(
            Device(id: "antenna", address: TextDecoder.address("antenna"), dwelling: "d1", liveness: .sleepy))
        var script = EngineScript(registry)

        script.say("antenna", "motion@elsewhere=true")
        let alone = try #require(link(try coverage(script), .inactivity, .device))
        script.say("antenna", "motion@motion1=true")
        let both = try #require(link(try coverage(script), .inactivity, .device))

        #expect(alone.verdict == .degraded && alone.reason.english == "never heard: motion1")
        #expect(both.verdict == .covered && both.reason.english == "motion1 is heard")
    }

    @Test("a suspected fall counts for nothing where no rule listens to it", arguments: [false, true])
    func suspicion(isHeeded: Bool) throws {
        var script = script { registry, rules in
            registry.devices.removeAll { $0.id == "band1" }
            if isHeeded { rules.rules[2].settings = Setting(["suspected": .bool(true)]) }
        }
        script.say("motion1", "fall_suspected=true")

        #expect(link(try coverage(script), .fall, .device)?.verdict == (isHeeded ? .covered : .blind))
    }

    @Test("without a device nothing is noticed, and one that never spoke proves nothing")
    func devices() throws {
        let none = try coverage(script { registry, _ in registry.devices.removeAll { $0.id == "smoke1" } })
        let mute = try coverage(script(), of: "r2")

        #expect(link(none, .smoke, .device)?.verdict == .blind)
        #expect(try part(none, .smoke).noticedWithin == nil)
        #expect(link(mute, .smoke, .device)?.verdict == .degraded)
    }

    @Test("a rule in the shadow, out of scope, silenced or paused by an absence does not count as armed")
    func rules() throws {
        let shadow = try coverage(script { _, rules in rules.rules[2].isShadow = true })
        let scope = try coverage(script { _, rules in rules.rules[4].scope = .residents(["r2"]) })
        var silenced = script()
        silenced.act(
            .place(
                OrderRequest(
                    .silence(AlertMatcher(kind: "absence", resident: "r1")), startsIn: .zero, lasts: .hours(1), reason: "painters")),
            by: nil)
        var away = script()
        away.act(
            .place(OrderRequest(.context(.away, of: "r1"), startsIn: .zero, lasts: .hours(1), reason: "")), by: nil)

        #expect(link(shadow, .fall, .rule)?.verdict == .blind)
        #expect(link(scope, .inactivity, .rule)?.verdict == .blind)
        #expect(link(try coverage(silenced), .inactivity, .rule)?.verdict == .blind)
        #expect(link(try coverage(silenced), .fall, .rule)?.verdict == .covered)
        #expect(link(try coverage(away), .inactivity, .rule)?.verdict == .degraded)
    }

    @Test("a first step without anybody is degraded, a policy without anybody blind, and so is a roster with a gap ahead")
    func people() throws {
        let late = try coverage(script { _, rules in rules.policies[0].steps[0].notify = [.role(.clinic)] })
        let nobody = try coverage(script { registry, _ in registry.contacts = [] })
        let gap = try coverage(
            script { _, rules in
                let day = Roster.Shift(from: TimeOfDay(rawValue: 480), to: TimeOfDay(rawValue: 1200), contacts: ["officer"])
                rules.rosters = [Roster(id: "duty", timeZone: "Asia/Shanghai", shifts: [day])]
                rules.policies[0].steps[0].notify = [.roster("duty")]
            })

        #expect(link(late, .sos, .people)?.verdict == .degraded)
        #expect(link(nobody, .sos, .people)?.verdict == .blind)
        #expect(try part(nobody, .sos).toldWithin == nil)
        #expect(link(gap, .sos, .people)?.reason.english == "roster duty has a gap within 24 h")
    }

    @Test("a channel that was never used is untried, and one whose last message failed is no channel")
    func channels() throws {
        let script = script()
        let untried = try coverage(script, deliveries: [])
        func last(_ delivered: Int64?, _ failed: Int64?) -> [LastDelivery] {
            [
                LastDelivery(
                    contact: "officer", channel: "push", address: "push:officer", deliveredAt: delivered.map { EngineTime($0) },
                    failedAt: failed.map { EngineTime($0) })
            ]
        }

        #expect(link(untried, .sos, .channel)?.verdict == .degraded)
        #expect(link(untried, .sos, .channel)?.reason.english.hasPrefix("untried") == true)
        #expect(link(try coverage(script, deliveries: last(1, 2)), .sos, .channel)?.verdict == .blind)
        #expect(link(try coverage(script, deliveries: last(2, 1)), .sos, .channel)?.verdict == .covered)
    }

    @Test("who is told first must be reached; that others are is less, and a number that is registered no more proves nothing")
    func firstPerson() throws {
        func way(_ contact: ContactID, _ address: String, delivered: Int64?, failed: Int64?) -> LastDelivery {
            LastDelivery(
                contact: contact, channel: "push", address: address, deliveredAt: delivered.map { EngineTime($0) },
                failedAt: failed.map { EngineTime($0) })
        }
        let script = script()
        let others = [
            way("officer", "push:officer", delivered: 1, failed: 2), way("second", "push:second", delivered: 1, failed: nil),
        ]
        let former = [way("officer", "push:before", delivered: 1, failed: nil)]

        #expect(link(try coverage(script, deliveries: others), .sos, .channel)?.verdict == .degraded)
        #expect(link(try coverage(script, deliveries: former), .sos, .channel)?.reason.english.hasPrefix("untried") == true)
    }

    @Test("storage that fails degrades everybody")
    func storage() throws {
        let coverage = try coverage(script(), recording: false)

        #expect(coverage.verdict == .degraded && coverage.weakest?.what == .storage)
    }

    @Test("everyone comes worst first")
    func order() {
        var script = script()
        script.say("band1", "worn=false")

        let verdicts = CoverageJudge(script.engine.coverageFacts).everyone().map(\.verdict)

        #expect(verdicts == verdicts.sorted(by: >) && verdicts.count == 2)
    }

    @Test("nobody is called covered by a device that its broker calls offline, until it is back", arguments: ["offline", "false"])
    func offline(word: String) throws {
        var script = script()
        script.say("smoke1", "availability=\(word)", retained: true)
        let gone = try coverage(script)
        script.say("smoke1", "availability=online")

        #expect(link(gone, .smoke, .device)?.verdict == .degraded)
        #expect(link(gone, .smoke, .device)?.reason.english == "smoke1 is offline")
        #expect(link(try coverage(script), .smoke, .device)?.verdict == .covered)
    }
}
