import Testing
import VigilCore
import VigilTesting

/// A gap longer than a rule's window leaves its residents unobserved (`alert-lifecycle.md`, 7.4). Absence waits for 12 h here.
struct UnobservedTests {
    private func life(after gap: Milliseconds, _ orders: [Command.Action] = []) throws -> (life: SecondLife, from: EngineTime) {
        var script = EngineScript()
        script.say("motion1", "motion=true")
        script.say("motion2", "motion=true")
        script.wait(.hours(1))
        for action in orders { script.act(action, by: nil) }
        return (try SecondLife(of: script, after: gap), script.time)
    }

    private func gaps(_ life: SecondLife) -> [ResidentID: UnobservedGap] {
        Dictionary(uniqueKeysWithValues: life.engine.blindList.compactMap { blind in blind.unobserved.map { (blind.resident, $0) } })
    }

    @Test(
        "whoever nobody could have missed is unobserved, from when to when; a gap that is no longer than the rule waits leaves nobody so"
    )
    func gap() throws {
        let (long, from) = try life(after: .hours(12) + Milliseconds(1))
        let (short, _) = try life(after: .hours(12))

        let expected = UnobservedGap(from: from, until: from + .hours(12) + Milliseconds(1))
        #expect(gaps(long) == ["r1": expected, "r2": expected])
        #expect(gaps(short).isEmpty)
    }

    @Test("a sign of life ends it for whoever gave it, and a check-in does")
    func ends() throws {
        var (heard, _) = try life(after: .hours(20))
        var (seen, _) = try life(after: .hours(20))

        heard.say("motion1", "motion=false")
        heard.say("motion1", "battery_percent=50")
        let before = gaps(heard).keys.sorted()
        heard.say("motion1", "motion=true")
        seen.act(.checkIn("r2", note: ""))

        #expect(before == ["r1", "r2"])
        #expect(gaps(heard).keys.sorted() == ["r2"])
        #expect(gaps(seen).keys.sorted() == ["r1"])
    }

    @Test("nobody is unobserved of whom it is known that they are away")
    func away() throws {
        let request = OrderRequest(.context(.hospital, of: "r1"), lasts: .hours(48), reason: "knee")

        let (life, _) = try life(after: .hours(20), [.place(request)])

        #expect(gaps(life).keys.sorted() == ["r2"])
    }

    @Test("it outlives the next restart, however short that is, and then reaches from the first gap to the last")
    func outlives() throws {
        for snapshot in [nil, 12] as [Int?] {
            var script = EngineScript()
            script.say("motion1", "motion=true")
            let from = script.time
            script.skip(.hours(20))
            script.apply(.started(Start(boot: "boot", gap: .hours(20), clock: EngineScript.clock)))
            script.say("motion1", "battery_percent=50")

            let life = try SecondLife(of: script, after: .minutes(1), snapshotAt: snapshot.map { _ in script.inputs.count })

            #expect(gaps(life)["r1"] == UnobservedGap(from: from, until: script.time))
        }
    }

    @Test("whom nobody observed stands on the visit list, with from when to when, and before who is due")
    func visits() throws {
        let (life, from) = try life(after: .hours(20))
        let material = VisitList.Material(
            registry: life.engine.registry, rules: life.engine.rules, visits: [:], blind: life.engine.blindList, alerts: [], orders: [])

        let list = VisitList(material, clock: EngineScript.clock, madeAt: WallTime((from + .hours(21)).rawValue))

        let reason = try #require(list.visits.first?.reasons.first)
        #expect(list.visits.map(\.resident.id) == ["r1", "r2"])
        #expect(reason.what == .unobserved)
        #expect(reason.since == WallTime(from.rawValue))
        #expect(reason.until == WallTime((from + .hours(20)).rawValue))
    }
}
