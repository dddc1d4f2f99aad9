import Testing
import VigilCore
import VigilTesting

/// A link that is back is noticed, and the first red message leaves within ten seconds of it (`promises.md`, D7).
struct ReturningChannelTests {
    /// The real engine, channels that answer after 200 ms, and what they answer at each moment.
    private struct Story {
        var script: EngineScript
        /// What begins at which moment, in order.
        private(set) var sent: [(at: EngineTime, delivery: Delivery)] = []
        var answer: (Delivery, EngineTime) -> DeliveryOutcome = { _, _ in .delivered }
        private var due: [(at: EngineTime, delivery: Delivery)] = []
        private var seen = 0

        init(_ script: EngineScript = EngineScript()) {
            self.script = script
            seen = script.effects.count
        }

        mutating func pass(_ length: Milliseconds) {
            let end = script.time + length
            while true {
                watch()
                let next = [due.first?.at, script.engine.nextDeadline].compactMap { $0 }.min()
                guard let next, next <= end else { break }
                script.skip(max(.zero, next - script.time))
                if let first = due.first, first.at <= script.time {
                    due.removeFirst()
                    let outcome = answer(first.delivery, script.time)
                    script.settle(first.delivery.id, outcome, lease: first.delivery.lease)
                } else {
                    script.wait(.zero)
                }
            }
            script.skip(max(.zero, end - script.time))
        }

        private mutating func watch() {
            for case .delivery(let delivery) in script.effects[seen...] where delivery.state == .sending {
                sent.append((script.time, delivery))
                due.append((script.time + Milliseconds(200), delivery))
            }
            seen = script.effects.count
        }
    }

    private static let refusal = DeliveryOutcome.retryable(reason: "unreachable", after: nil)

    /// Everything is refused for so long from the call for help on, and nothing after it.
    private func outage(_ length: Milliseconds, _ script: EngineScript = EngineScript()) -> (story: Story, backAt: EngineTime) {
        var story = Story(script)
        let backAt = story.script.time + length
        story.answer = { _, now in now < backAt ? Self.refusal : .delivered }
        story.script.say("button1", "sos=true")
        story.pass(length)
        return (story, backAt)
    }

    @Test(
        "the first red leaves within ten seconds of the link's return, and so does everyone else's",
        arguments: [20, 45, 100, 170, 333, 1000, 5000, 20_000] as [Int64])
    func firstRed(seconds: Int64) throws {
        var (story, backAt) = outage(.seconds(seconds))
        let waiting = story.script.engine.deliveries.filter { $0.purpose == .notify && $0.severity == .red }

        story.pass(.seconds(10))

        let after = story.sent.filter { $0.at >= backAt }
        for channel in Set(waiting.map(\.channel)) {
            #expect(after.contains { $0.delivery.channel == channel }, "\(channel)")
        }
        let left = Set(story.script.engine.deliveries.map(\.id)).intersection(waiting.map(\.id))
        #expect(!waiting.isEmpty)
        #expect(left == [], "left waiting")
    }

    @Test("a restart in the middle of it changes nothing about that")
    func restart() throws {
        let (first, _) = outage(.minutes(5))
        var life = try SecondLife(of: first.script, after: .seconds(3))
        let before = life.effects.count
        life.wait(.seconds(10))

        let sent = life.effects[before...].filter {
            if case .delivery(let delivery) = $0 { delivery.state == .sending } else { false }
        }
        let channels = Set(Array(sent).deliveries.map(\.channel))
        #expect(channels.isSuperset(of: ["push", "sms"]))
    }

    @Test("while everything fails one at a time looks, and not all of them")
    func oneAtATime() {
        var script = EngineScript(Flood.registry(40), Flood.rules())
        for flat in 1...40 { script.say("band\(flat)", "fall=true") }
        var story = Story(script)
        story.answer = { _, _ in Self.refusal }
        for delivery in story.script.engine.deliveries where delivery.state == .sending {
            story.script.settle(delivery.id, Self.refusal)
        }
        story.pass(.minutes(20))
        let messages = Set(story.sent.map(\.delivery.id)).count
        let begin = story.script.time

        story.pass(.minutes(10))

        // By themselves each tries once a minute, 20 % around.
        let attempts = story.sent.filter { $0.at >= begin }.count
        let ownPace = messages * 13
        let scouts = 2 * 600 / 8
        #expect(attempts <= ownPace + scouts, "\(attempts) attempts for \(messages) messages")
    }

    @Test("who asks for patience is given it, whatever arrives elsewhere on the channel (promises D2)")
    func patience() throws {
        var story = Story()
        let begin = story.script.time
        story.answer = { delivery, now in
            delivery.contact == "officer" && now - begin < .seconds(100) ? .retryable(reason: "429", after: .seconds(100)) : .delivered
        }
        story.script.say("button1", "sos=true")
        story.pass(.seconds(90))

        let officers = story.sent.filter { $0.delivery.contact == "officer" && $0.delivery.channel == "push" }
        #expect(officers.count == 1)
        #expect(story.sent.contains { $0.delivery.contact == "second" && $0.delivery.channel == "push" })
    }

    @Test("an address that refuses whatever others hear is tried again in seconds, and not with each of their messages")
    func deadAddress() {
        var story = Story()
        story.answer = { delivery, _ in delivery.contact == "officer" ? Self.refusal : .delivered }
        story.script.say("button1", "sos=true")
        story.pass(.minutes(10))
        let begin = story.script.time

        for number in 1...20 {
            story.script.say("band2", "fall=true")
            if number == 1 { story.script.act(.accept("fall-r2-1"), by: "second") }
            story.pass(.seconds(3))
        }

        let attempts = story.sent.filter {
            $0.at >= begin && $0.delivery.channel == "push" && $0.delivery.alert == "sos-r1-1" && $0.delivery.contact == "officer"
        }
        #expect(attempts.count <= 9, "\(attempts.count) in a minute")
    }

    @Test("what is not red keeps its pace")
    func yellow() {
        var story = Story()
        let begin = story.script.time
        story.answer = { delivery, now in
            delivery.severity == .yellow || now - begin < .minutes(10) ? Self.refusal : .delivered
        }
        story.script.say("band1", "heart_rate_bpm=130")
        story.pass(.minutes(12))
        let before = story.sent.filter { $0.delivery.severity == .yellow }.count
        story.script.say("button2", "sos=true")

        story.pass(.seconds(20))

        let yellow = story.sent.filter { $0.delivery.severity == .yellow }
        #expect(before > 0)
        #expect(yellow.count - before <= 2)
    }
}
