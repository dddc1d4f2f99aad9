import Testing
import VigilTesting

@testable import VigilCore

/// The story begins on Saturday, 2025-11-22, at 16:26 in Shanghai (alert-lifecycle, 5).
struct RosterWatchTests {
    private static func time(_ text: String) -> TimeOfDay { TimeOfDay(text: text) ?? TimeOfDay(rawValue: 0) }
    private static func moment(_ text: String) -> LocalMoment { LocalMoment(text: text) ?? LocalMoment(rawValue: 0) }

    /// Covered but for Monday from 08:00 to 20:00.
    private static let holed = Roster(
        id: "duty", timeZone: "Asia/Shanghai",
        shifts: [
            .init(from: time("20:00"), to: time("08:00"), contacts: ["officer"]),
            .init(
                days: [.tuesday, .wednesday, .thursday, .friday, .saturday, .sunday], from: time("08:00"), to: time("20:00"),
                contacts: ["second"]),
        ])

    private func rules(_ roster: Roster?, version: Int = 1) -> RuleSet {
        var rules = SmallCommunity.rules(version: version)
        // Nothing but rosters raises anything.
        rules.rules = []
        rules.rosters = roster.map { [$0] } ?? []
        return rules
    }

    private func script(_ roster: Roster) -> EngineScript { EngineScript(SmallCommunity.registry(), rules(roster)) }

    private func gaps(_ effects: [Effect]) -> [Finding] { effects.findings.filter { $0.kind == "roster_gap" } }

    @Test("a gap is told of a day before it begins, to the millisecond, with its times")
    func foreseen() {
        var script = script(Self.holed)

        let before = script.wait(Milliseconds(15 * 3_600_000 + 33 * 60_000 + 20_000 - 1))
        let after = script.wait(Milliseconds(1))

        #expect(gaps(before).isEmpty)
        #expect(gaps(after).map(\.subject) == [.component("roster-duty")])
        #expect(
            gaps(after).first?.evidence.sentence.english
                == "nobody stands in roster duty from 2025-11-24 08:00 to 2025-11-24 20:00")
        #expect(script.alerts.map(\.alertClass) == [.technical])
        #expect(after.told == ["officer/push", "second/push"])
    }

    @Test("a roster without gaps says nothing for three weeks, and is looked at about once a week")
    func complete() {
        var roster = Self.holed
        roster.shifts = [.init(from: Self.time("08:00"), to: Self.time("08:00"), contacts: ["officer"])]
        var script = script(roster)

        let inputs = script.inputs.count
        script.wait(.hours(24 * 21))

        #expect(gaps(script.effects).isEmpty)
        // And once where the time is up.
        #expect(script.inputs.count - inputs == 4)
    }

    @Test("an override that fills the gap clears the alert, and it closes by itself")
    func filled() {
        var script = script(Self.holed)
        script.wait(.hours(20))
        var roster = Self.holed
        roster.overrides = [
            .init(from: Self.moment("2025-11-24 08:00"), to: Self.moment("2025-11-24 20:00"), contacts: ["lead"])
        ]

        script.apply(.rulesChange(rules(roster, version: 2)))
        let cleared = script.alerts[0].condition
        script.wait(.minutes(6))

        #expect(cleared == .cleared)
        #expect(script.alerts.map(\.state) == [.closed])
    }

    @Test("an override that fills it in part says what is left, and does not ring again")
    func filledInPart() {
        var script = script(Self.holed)
        script.wait(.hours(20))
        var roster = Self.holed
        roster.overrides = [
            .init(from: Self.moment("2025-11-24 09:00"), to: Self.moment("2025-11-24 20:00"), contacts: ["lead"])
        ]

        let effects = script.apply(.rulesChange(rules(roster, version: 2)))

        #expect(
            gaps(effects).map(\.evidence.sentence.english) == ["nobody stands in roster duty from 2025-11-24 08:00 to 2025-11-24 09:00"]
        )
        #expect(effects.told.isEmpty)
    }

    @Test("an override by somebody who is not registered fills nothing")
    func filledByNobody() {
        var script = script(Self.holed)
        script.wait(.hours(20))
        var roster = Self.holed
        roster.overrides = [
            .init(from: Self.moment("2025-11-24 08:00"), to: Self.moment("2025-11-24 20:00"), contacts: ["gone"])
        ]

        script.apply(.rulesChange(rules(roster, version: 2)))

        #expect(script.alerts.map(\.condition) == [.active])
    }

    @Test("somebody who leaves the registry leaves a gap")
    func left() {
        var script = script(Self.holed)
        var registry = SmallCommunity.registry(version: 2)
        registry.contacts.removeAll { $0.id == "second" }

        let effects = script.apply(.registryChange(registry))

        #expect(
            gaps(effects).first?.evidence.sentence.english
                == "nobody stands in roster duty from 2025-11-22 16:26 to 2025-11-22 20:00")
    }

    @Test("the gap is over when its time is, and the next one is told of in its week")
    func passes() {
        var script = script(Self.holed)
        script.wait(.hours(52))
        let over = script.alerts.filter { $0.key.kind == "roster_gap" }.map(\.condition)

        script.wait(.hours(24 * 7))

        #expect(over == [.cleared])
        #expect(script.alerts.filter { $0.key.kind == "roster_gap" }.map(\.episode) == [1, 2])
    }

    @Test("a roster that is removed has no gap any more")
    func removed() {
        var script = script(Self.holed)
        script.wait(.hours(20))

        script.apply(.rulesChange(rules(nil, version: 2)))

        #expect(script.alerts.map(\.condition) == [.cleared])
    }

    @Test("a start says nothing twice, and does not raise again what a human closed")
    func start() {
        var script = script(Self.holed)
        script.wait(.hours(20))
        let open = script.apply(.started(Start(boot: "boot", gap: .seconds(5), clock: EngineScript.clock)))
        script.act(.close(script.alerts[0].id, outcome: .duplicate, note: ""), by: nil)
        script.wait(.hours(1))

        let closed = script.apply(.started(Start(boot: "boot", gap: .seconds(5), clock: EngineScript.clock)))

        #expect(open.entries.filter { $0.alert.rawValue.hasPrefix("roster_gap") }.isEmpty)
        #expect(closed.entries.isEmpty)
    }

    @Test("a wall that is not to be believed foresees nothing; one that is put right does")
    func clock() {
        var script = script(Self.holed)
        script.apply(.clock(ClockReading(wallOffset: .zero, isTrusted: false)))

        let blind = script.wait(.hours(20))
        let seeing = script.apply(.clock(EngineScript.clock))

        #expect(gaps(blind).isEmpty)
        #expect(gaps(seeing).count == 1)
    }
}
