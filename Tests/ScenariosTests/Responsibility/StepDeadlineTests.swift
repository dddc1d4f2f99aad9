import Testing
import VigilCore
import VigilTesting

/// Unowned red moves on whatever becomes of the messages, and nothing that happens again is swallowed (`alert-lifecycle.md`, 2, 5 and 6).
struct StepDeadlineTests {
    @Test("under every fault of the delivery, from before every step, each step comes within 5 s of its deadline")
    func everyFault() throws {
        var worst: (fault: DeliveryFault, lateness: Milliseconds) = (.none, .zero)
        for fault in DeliveryFault.allCases {
            for step in StepDeadlineStory.policy.steps.indices {
                let story = try StepDeadlineStory(fault, before: step)

                for (number, lateness) in story.lateness.enumerated() {
                    let late = lateness ?? .hours(1)
                    #expect(late <= .seconds(5), "step \(number) under \(fault) from before step \(step)")
                    if late > worst.lateness { worst = (fault, late) }
                }
            }
        }
        // For the record.
        let stories = DeliveryFault.allCases.count * StepDeadlineStory.policy.steps.count
        print("steps: \(stories) faults and moments, the worst lateness \(worst.lateness.text) (\(worst.fault)), of 5 s")
    }

    @Test("behind an empty step the next comes within a second; where nobody is missing it comes at its own time")
    func emptyStep() {
        var delays: [Milliseconds] = []
        for isEmpty in [true, false] {
            var rules = SmallCommunity.rules()
            if isEmpty { rules.policies[0].steps[0].notify = [] }
            var script = EngineScript(SmallCommunity.registry(), rules)
            let raised = script.time
            script.say("button1", "sos=true")

            script.wait(.minutes(2))

            let second = script.deliveries.first { $0.contact == "second" && $0.purpose == .notify }
            delays.append((second?.createdAt ?? raised + .hours(1)) - raised)
        }
        #expect(delays[0] <= .seconds(1))
        #expect(delays[1] == .seconds(60))
        print("empty step: the next \(delays[0].text) later, of 1 s")
    }

    @Test("a second fall 40 s after the first was accepted is told to its owner within 5 s, and to nobody who need not come")
    func secondFall() throws {
        var script = EngineScript()
        script.say("band1", "fall=true")
        script.deliverAll()
        script.act(.accept("fall-r1-1"), by: "officer")
        script.wait(.seconds(40))
        let fell = script.time
        let before = script.effects.count

        script.say("band1", "fall=true")
        script.wait(.seconds(5))

        let fresh = Array(script.effects[before...]).deliveries
        let rings = fresh.filter { $0.state == .sending && $0.purpose == .notify && $0.lease == 1 }
        let ring = try #require(rings.first)
        #expect(rings.map(\.contact) == ["officer"])
        #expect((ring.admittedAt ?? fell + .hours(1)) - fell <= .seconds(5))
        print("second fall: the owner is told again \(((ring.admittedAt ?? fell) - fell).text) later, of 5 s")
    }
}
