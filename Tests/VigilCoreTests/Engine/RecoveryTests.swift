import Testing
import VigilCore
import VigilTesting

/// `architecture.md`, section 2, and `alert-lifecycle.md`, section 7: what a restart finds, and what it decides.
struct RecoveryTests {
    /// The life that follows on what the script left, from its journal and tables.
    private func restart(_ script: EngineScript, after gap: Milliseconds, snapshotAt: Int? = nil, isForgetful: Bool = false) throws -> (
        engine: Engine, effects: [Effect]
    ) {
        var store = SimulatorStore()
        var first = Engine(decoders: [TextDecoder()])
        for (index, input) in script.inputs.enumerated() {
            var turn = SimulatorTurn()
            var effects: [Effect] = []
            first.apply(input, into: &effects)
            turn.add(input, effects)
            if index + 1 == snapshotAt { turn.add(first.takeSnapshot(whole: true)) }
            store.commit(turn.turn)
        }
        #expect(store.faults == [])
        var engine = try store.recover()
        if isForgetful {
            // As after a change of the snapshot's format: nothing of the tail is left either.
            engine = Engine(decoders: [TextDecoder()])
            engine.beginRecovery(
                registry: SmallCommunity.registry(), rules: SmallCommunity.rules(), at: script.time,
                sequence: Int64(script.inputs.count))
            engine.restoreTables(alerts: script.alerts, episodes: [], deliveries: script.deliveries, orders: [])
        }
        var effects: [Effect] = []
        let start = Start(boot: "boot", gap: gap, clock: EngineScript.clock)
        engine.apply(
            StampedInput(sequence: engine.sequence + 1, at: script.time + gap, input: .started(start)), into: &effects)
        engine.reconcile(into: &effects)
        return (engine, effects)
    }

    @Test("open alerts are what the tables say", arguments: [nil, 3, 5, 7])
    func tables(snapshotAt: Int?) throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.say("smoke1", "smoke=true")
        script.act(.accept("sos-r1-1"), by: "officer")
        script.deliverAll()

        let (engine, effects) = try restart(script, after: .seconds(1), snapshotAt: snapshotAt)

        #expect(engine.openAlerts == script.alerts.sorted { $0.id < $1.id })
        #expect(effects.isEmpty)
    }

    @Test("a restart that is told twice to reconcile does nothing twice")
    func idempotent() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        var (engine, _) = try restart(script, after: .seconds(1))

        var again: [Effect] = []
        engine.reconcile(into: &again)

        #expect(again.isEmpty)
    }

    @Test("what was under way goes again under the same key; what was delivered does not (7.2)")
    func deliveries() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.say("button1", "sos=true")
        let underWay = try #require(script.deliveries.last)

        let (_, effects) = try restart(script, after: .seconds(1))

        #expect(effects.deliveries.map { "\($0.id) \($0.state) \($0.lease)" } == ["\(underWay.id) sending 2"])
    }

    @Test("what becomes of a message about an alert that can reopen no more is no line of its story, before a restart or after it")
    func longClosed() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()
        script.act(.close("sos-r1-1", outcome: .drill, note: ""), by: nil)
        script.act(.review("sos-r1-1", note: ""), by: "lead")
        script.wait(.minutes(31))
        while script.deliveries.last?.state != .sending { script.wait(.seconds(1)) }
        var rules = SmallCommunity.rules(version: 2)
        rules.channels = []
        script.apply(.rulesChange(rules))

        let (_, effects) = try restart(script, after: .seconds(1))

        #expect(effects.deliveries.map(\.state) == [.failed])
        #expect(effects.entries.isEmpty)
    }

    @Test("overdue steps are carried out now (7.2)")
    func overdue() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.deliverAll()

        let (_, effects) = try restart(script, after: .seconds(90))

        #expect(effects.entries.map(\.event) == [.step])
        #expect(effects.told == ["second/push"])
    }

    @Test("a lease that ran out meanwhile ends now, at the next step")
    func leaseOver() throws {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.accept("sos-r1-1"), by: "officer")
        script.deliverAll()

        let (_, effects) = try restart(script, after: .minutes(10))

        #expect(effects.entries.map(\.event) == [.lease_expired, .step])
    }

    @Test("an open condition of which nothing is known any more is unknown, not cleared, and stays open")
    func unknown() throws {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")

        let (engine, effects) = try restart(script, after: .seconds(1), isForgetful: true)

        #expect(effects.entries.map(\.event).contains(.condition_unknown))
        #expect(engine.openAlerts.map(\.condition) == [.unknown])
    }

    @Test("a yellow alert that was about to close and is unknown now does not close")
    func unknownDoesNotClose() throws {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        script.say("band1", "heart_rate_bpm=80")
        let wasClosing = script.alerts.first { $0.key.kind == "heart_rate_bpm" }?.closeAt != nil

        let (engine, _) = try restart(script, after: .seconds(1))

        #expect(wasClosing)
        #expect(engine.openAlerts.map(\.condition) == [.cleared])
    }

    @Test("a standing condition that a human closed stays closed over restarts, however long ago (architecture, 2)")
    func closedByHuman() throws {
        var script = EngineScript()
        script.say("band1", "heart_rate_bpm=130")
        script.wait(.minutes(1))
        script.act(.close("heart_rate_bpm-r1-1", outcome: .ok_confirmed_by_phone, note: ""), by: "officer")
        script.say("band1", "heart_rate_bpm=131")
        script.deliverAll()
        let early = try restart(script, after: .seconds(1)).effects
        script.wait(.minutes(30))
        script.say("band1", "heart_rate_bpm=132")
        script.hearing = []
        script.wait(.hours(2))

        let late = try restart(script, after: .seconds(1)).effects

        #expect(early.entries.isEmpty)
        #expect(late.entries.filter { $0.alert.rawValue.hasPrefix("heart") }.isEmpty)
    }

    @Test("an active finding without an alert raises now (architecture, 2)")
    func missingAlert() throws {
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        var engine = Engine(decoders: [TextDecoder()])
        for input in script.inputs { engine.rebuild(input) }
        engine.restoreTables(alerts: [], episodes: [], deliveries: [], orders: [])

        var effects: [Effect] = []
        let start = Start(boot: "boot", gap: .zero, clock: EngineScript.clock)
        engine.apply(StampedInput(sequence: engine.sequence + 1, at: script.time, input: .started(start)), into: &effects)
        engine.reconcile(into: &effects)

        #expect(engine.openAlerts.map(\.id) == ["smoke-d1-1"])
    }

    @Test("what a restart raises, it raises in the order of the subjects (architecture, 2: no dependence on dictionary order)")
    func orderOfRaises() throws {
        var registry = SmallCommunity.registry()
        let flats = (10..<30).map { DwellingID("d\($0)") }
        registry.community.grids[0].buildings[0].units[0].dwellings += flats.map { Dwelling(id: $0, name: "\($0)") }
        registry.devices += flats.map {
            Device(id: DeviceID("s-\($0)"), address: TextDecoder.address("s-\($0)"), dwelling: $0, liveness: .sleepySmoke)
        }
        var script = EngineScript(registry)
        for flat in flats { script.say("s-\(flat)", "smoke=true") }
        var engine = Engine(decoders: [TextDecoder()])
        for input in script.inputs { engine.rebuild(input) }
        engine.restoreTables(alerts: [], episodes: [], deliveries: [], orders: [])

        var effects: [Effect] = []
        let start = Start(boot: "boot", gap: .zero, clock: EngineScript.clock)
        engine.apply(StampedInput(sequence: engine.sequence + 1, at: script.time, input: .started(start)), into: &effects)

        let raised = effects.entries.filter { $0.event == .raised }.map(\.alert)
        #expect(raised.count == flats.count)
        #expect(raised == raised.sorted())
    }

    @Test("a check-in that was refused is no sign of life in the rebuilt engine either")
    func refusedCheckIn() throws {
        var script = EngineScript()
        script.wait(.hours(11))
        let reply = script.act(.checkIn("r1", note: ""), by: "stranger")
        var engine = try restart(script, after: .zero).engine
        for source in SmallCommunity.sources {
            var none: [Effect] = []
            let up = Input.health(Health(.source(source), .up))
            engine.apply(StampedInput(sequence: engine.sequence + 1, at: engine.now, input: up), into: &none)
        }

        var effects: [Effect] = []
        for minute in 1...62 {
            let time = script.time + .minutes(Int64(minute))
            let heard = SmallCommunity.sources.map { HeardUntil(source: $0, time: time) }
            engine.apply(StampedInput(sequence: engine.sequence + 1, at: time, input: .deadline(heardUntil: heard)), into: &effects)
        }

        #expect(reply != .done)
        #expect(effects.findings.contains { $0.kind == "absence" && $0.subject == .resident("r1") })
    }

    @Test("what a bridge says of another device is in the snapshot")
    func otherDevice() throws {
        var store = SimulatorStore()
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        var engine = Engine(decoders: [TextDecoder()])
        for (index, input) in (script.inputs + [bridgeFrame(after: script)]).enumerated() {
            var turn = SimulatorTurn()
            var effects: [Effect] = []
            engine.apply(input, into: &effects)
            turn.add(input, effects)
            if index + 1 >= script.inputs.count { turn.add(engine.takeSnapshot(whole: false)) }
            store.commit(turn.turn)
        }

        var next = try store.recover()
        var effects: [Effect] = []
        let cached = Frame(source: "home", origin: .mqtt(topic: "text/smoke1"), payload: Array("smoke=true".utf8))
        next.apply(StampedInput(sequence: next.sequence + 1, at: script.time, input: .frame(cached)), into: &effects)

        // It was cleared through the bridge: this is a new onset, not a repeat from a cache.
        #expect(effects.findings.map(\.change) == [.active])
    }

    private func bridgeFrame(after script: EngineScript) -> StampedInput {
        let frame = Frame(source: "home", origin: .mqtt(topic: "text/motion1"), payload: Array("smoke@smoke1=false".utf8))
        return StampedInput(sequence: Int64(script.inputs.count) + 1, at: script.time, input: .frame(frame))
    }

    @Test("a row of a rule that was removed, or is of another kind now, does not come back with its name")
    func renamedRule() throws {
        var store = SimulatorStore()
        var script = EngineScript()
        script.say("smoke1", "smoke=true")
        var engine = Engine(decoders: [TextDecoder()])
        func commit(_ inputs: [StampedInput], whole: Bool) {
            var turn = SimulatorTurn()
            for input in inputs {
                var effects: [Effect] = []
                engine.apply(input, into: &effects)
                turn.add(input, effects)
            }
            turn.add(engine.takeSnapshot(whole: whole))
            store.commit(turn.turn)
        }
        commit(script.inputs, whole: true)
        var rules = SmallCommunity.rules(version: 2)
        rules.rules[1] = Rule(
            id: "smoke", detector: "threshold", severity: .red,
            settings: Setting(["observation": "spo2_percent", "below": .number(90)]))
        let changed = StampedInput(sequence: engine.sequence + 1, at: script.time, input: .rulesChange(rules))
        commit([changed], whole: false)

        var effects: [Effect] = []
        var next = try store.recover()
        let start = Start(boot: "boot", gap: .zero, clock: EngineScript.clock)
        next.apply(StampedInput(sequence: next.sequence + 1, at: script.time, input: .started(start)), into: &effects)
        next.reconcile(into: &effects)

        #expect(next.openAlerts.map(\.condition) == [.unknown])
    }
}
