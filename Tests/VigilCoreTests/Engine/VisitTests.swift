import Testing
import VigilCore
import VigilTesting

/// Visits count as data: a check-in is kept with who and when, besides what rules of absence make of it.
struct VisitTests {
    private static let origin = EngineScript.origin

    @Test("a check-in is a visit, by whoever says so")
    func checkIn() {
        var script = EngineScript()

        script.act(.checkIn("r1", note: "by telephone"), by: "officer")
        script.wait(.minutes(5))
        script.act(.checkIn("r1", note: ""), by: nil)

        #expect(
            script.effects.visits == [
                Visit(resident: "r1", visitedAt: Self.origin, by: Actor(contact: "officer", via: "ntfy"), note: "by telephone"),
                Visit(resident: "r1", visitedAt: Self.origin + .minutes(5), by: Actor(via: "cli", login: "operator")),
            ])
    }

    @Test("a check-in that is refused is no visit")
    func refused() {
        var script = EngineScript()

        let verdict = script.act(.checkIn("r9", note: ""), by: "officer")

        #expect(verdict?.refusal != nil)
        #expect(script.effects.visits.isEmpty)
    }

    @Test("a device that tells of a visit tells of it for whoever it is bound to, and one that was kept by the broker does not")
    func device() {
        var script = EngineScript()

        script.say("motion1", "visit=true")
        script.say("motion2", "visit=true", retained: true)
        script.say("motion2", "motion=true")

        #expect(script.effects.visits == [Visit(resident: "r1", visitedAt: Self.origin, by: Actor(via: "motion1"))])
    }

    @Test("a visit that is told late was when it was")
    func late() {
        var script = EngineScript()
        script.tell("motion1", "visit=true")
        script.wait(.hours(2))

        let told = script.tell("motion1", "visit=true", ago: .hours(1))

        #expect(told.visits.map(\.visitedAt) == [Self.origin + .hours(1)])
    }

    @Test(
        "an outcome that tells that somebody was with them, or spoke to them, is a visit",
        arguments: [OutcomeCode.ok_confirmed_in_person, .ok_confirmed_by_phone, .fall_no_injury, .medical_on_site, .sos_accidental])
    func outcome(_ outcome: OutcomeCode) {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.wait(.minutes(5))

        script.act(.close("sos-r1-1", outcome: outcome, note: "in the kitchen"), by: "officer")

        let by = Actor(contact: "officer", via: "ntfy")
        #expect(
            script.effects.visits
                == [Visit(resident: "r1", visitedAt: Self.origin + .minutes(5), by: by, note: "in the kitchen")])
    }

    @Test("other outcomes are none, nor one that was refused", arguments: [OutcomeCode.device_fault, .duplicate, .handed_up, .drill])
    func noVisit(_ outcome: OutcomeCode) {
        var script = EngineScript()
        script.say("button1", "sos=true")
        script.act(.close("sos-r1-1", outcome: outcome, note: ""), by: "officer")

        script.act(.close("sos-r1-1", outcome: .ok_confirmed_in_person, note: ""), by: "second")

        #expect(script.effects.visits.isEmpty)
    }

    @Test("an effect is one line with who and when")
    func line() throws {
        let visit = Visit(resident: "r1", visitedAt: EngineTime(7), by: Actor(contact: "officer", via: "cli"), note: "well")

        #expect(
            try EffectLines.line(.visited(visit))
                == #"{"by":{"contact":"officer","via":"cli"},"effect":"visited","note":"well","resident":"r1","visited_at":7}"#)
    }
}
