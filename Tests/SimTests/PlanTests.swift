import Testing

@testable import vigil_sim

@Suite struct PlanTests {
    private func plan(_ households: Int = 36, seed: UInt64 = 1, story: Story = .demo, length: Duration? = nil) -> Plan {
        Plan(households: households, seed: seed, speed: .normal, story: story, length: length)
    }

    @Test("the same seed plans the same day, another seed another one")
    func seeds() {
        let day = plan().happenings(ofDay: 0)

        #expect(day == plan().happenings(ofDay: 0))
        #expect(day != plan(seed: 2).happenings(ofDay: 0))
        #expect(day != plan().happenings(ofDay: 1))
    }

    @Test("a home lives the same day whoever its neighbours are")
    func independentHomes() {
        let few = plan(3, story: .quiet).happenings(ofDay: 0).filter { $0.home == 3 }
        let many = plan(40, story: .quiet).happenings(ofDay: 0).filter { $0.home == 3 }

        #expect(!few.isEmpty)
        #expect(few == many)
    }

    @Test("happenings come in order and within their day")
    func order() {
        for day in 0...1 {
            let times = plan().happenings(ofDay: day).map(\.at)

            #expect(times == times.sorted())
            #expect(times.allSatisfy { (.seconds(120 * day) ..< .seconds(120 * (day + 1))).contains($0) })
        }
    }

    @Test("nothing happens after the end")
    func length() {
        let plan = plan(length: .seconds(30))

        #expect(plan.happenings(ofDay: 0).allSatisfy { $0.at < .seconds(30) })
        #expect(plan.includes(day: 0))
        #expect(!plan.includes(day: 1))
    }

    @Test("daily life is without alarms", arguments: 1...20 as ClosedRange<UInt64>)
    func quietLife(seed: UInt64) {
        let deeds = plan(seed: seed, story: .quiet).happenings(ofDay: 0).map(\.deed)

        #expect(!deeds.contains { [.smokeBegins, .buttonPressed, .bandFall, .bandSOS].contains($0) })
        #expect(deeds.contains(.motionBegins) && deeds.contains(.doorOpens))
    }

    @Test("story none leaves the devices silent")
    func noStory() {
        #expect(plan(story: .none).happenings(ofDay: 0).isEmpty)
    }

    @Test("the story has two falls of one person, one press on the button and one on the band, and one fire")
    func demo() {
        let story = plan().happenings(ofDay: 0).filter(\.isOfStory)
        func homes(_ deed: Deed) -> [Int] { story.filter { $0.deed == deed }.map(\.home) }

        #expect(homes(.bandFall) == [7, 7])
        #expect(homes(.buttonPressed) == [12])
        #expect(homes(.bandSOS) == [12])
        #expect(homes(.smokeBegins) == [21])
        #expect(homes(.smokeEnds) == [21])
        #expect(plan().happenings(ofDay: 1).allSatisfy { !$0.isOfStory })
    }

    @Test("who lies on the floor does not walk about")
    func fallenPerson() {
        let lying = plan().happenings(ofDay: 0).filter { $0.home == 7 && (.seconds(8) ..< .seconds(30)).contains($0.at) }

        #expect(!lying.contains { [.motionBegins, .motionEnds, .doorOpens, .doorCloses].contains($0.deed) })
        // The heart goes on.
        #expect(lying.contains { if case .pulseMeasured = $0.deed { true } else { false } })
    }

    @Test("an empty band says nothing more, on any day")
    func silentBand() {
        let spoke = (0...1).flatMap { plan().happenings(ofDay: $0) }.filter { $0.home == 30 && $0.deed.isOfBand }

        #expect(spoke.last?.at == .seconds(14))
    }

    @Test("a faster play has the same story in less time")
    func speed() throws {
        let fast = Plan(households: 36, seed: 1, speed: try #require(PlaySpeed(argument: "4x")), story: .demo, length: nil)

        let falls = fast.happenings(ofDay: 0).filter { $0.deed == .bandFall }

        #expect(falls.map(\.at) == [.seconds(2), .seconds(12)])
        #expect(fast.happenings(ofDay: 0).allSatisfy { $0.at < .seconds(30) })
    }
}
