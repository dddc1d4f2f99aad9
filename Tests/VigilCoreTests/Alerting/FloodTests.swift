import Testing
import VigilCore
import VigilTesting

/// 500 smoke alarms in ten seconds, three people to tell of each, and a fall in the middle (`promises.md`, promise 4 and C9).
///
/// In virtual time around the real engine; the channel takes 200 ms for each message and fails one in twenty.
struct FloodTests {
    private static let alarms = 500
    private static let people: [ContactID] = ["officer", "desk", "lead"]

    /// The flood, and ten minutes after it.
    private struct Story {
        var script = EngineScript(Flood.registry(alarms), Flood.rules())
        var random: SimulatorRandom
        var raisedAt: [AlertID: EngineTime] = [:]
        /// The first attempt to tell somebody of an alert, by itself or in a digest.
        var attempts: [AlertID: [ContactID: EngineTime]] = [:]
        /// When each person's messages arrived.
        var arrivals: [ContactID: [EngineTime]] = [:]
        private var answers: [(at: EngineTime, delivery: Delivery)] = []
        private var seen = 0

        init(seed: UInt64) {
            random = SimulatorRandom(seed: seed)
            let gap = Milliseconds(10_000 / Int64(FloodTests.alarms))
            for flat in 1...FloodTests.alarms {
                pass(gap)
                script.say("smoke\(flat)", "smoke=true")
                if flat == FloodTests.alarms / 2 { script.say("band7", "fall=true") }
                watch()
            }
            pass(.minutes(10))
        }

        /// Time passes: the channel answers when it is done, the engine is called when it asked to be.
        private mutating func pass(_ length: Milliseconds) {
            let end = script.time + length
            while true {
                let answer = answers.map(\.at).min()
                let next = [answer, script.engine.nextDeadline, end].compactMap { $0 }.min() ?? end
                script.wait(max(.zero, min(next, end) - script.time))
                for entry in answers.filter({ $0.at <= script.time }) {
                    let isLost = random.oneIn(20)
                    if !isLost { arrivals[entry.delivery.contact, default: []].append(script.time) }
                    script.settle(
                        entry.delivery.id, isLost ? .retryable(reason: "503", after: nil) : .delivered, lease: entry.delivery.lease)
                }
                answers.removeAll { $0.at <= script.time }
                watch()
                if script.time >= end && (answers.map(\.at).min() ?? end + .seconds(1)) > end { return }
            }
        }

        /// Takes note of what was leased since.
        private mutating func watch() {
            for effect in script.effects[seen...] {
                if case .alert(let alert, let entry) = effect, entry.event == .raised { raisedAt[alert.id] = entry.at }
                guard case .delivery(let delivery) = effect, delivery.state == .sending else { continue }
                answers.append((script.time + Milliseconds(200), delivery))
                for alert in delivery.message.alerts.isEmpty ? [delivery.alert] : delivery.message.alerts {
                    if attempts[alert]?[delivery.contact] == nil { attempts[alert, default: [:]][delivery.contact] = script.time }
                }
            }
            seen = script.effects.count
        }

        /// From the raise to each person's first attempt, ascending.
        var delays: [Milliseconds] {
            raisedAt.flatMap { alert, raised in
                FloodTests.people.map { person in (attempts[alert]?[person]).map { $0 - raised } ?? .hours(1) }
            }.sorted()
        }

        func delays(of alert: AlertID) -> [Milliseconds] {
            FloodTests.people.map { person in
                (attempts[alert]?[person]).flatMap { at in raisedAt[alert].map { at - $0 } } ?? .hours(1)
            }
        }
    }

    @Test(
        "everybody hears of every alarm in five seconds, of the fall at once, and nobody gets more than ten messages in ten minutes",
        arguments: [1, 2, 3] as [UInt64])
    func flood(seed: UInt64) {
        let story = Story(seed: seed)

        let delays = story.delays
        let fall = story.delays(of: "fall-r7-1")
        #expect(story.script.alerts.count == Self.alarms + 1)
        #expect(delays.count == Self.people.count * (Self.alarms + 1))
        #expect(delays[delays.count * 99 / 100] <= .seconds(5))
        #expect(fall.max() ?? .hours(1) <= .seconds(5))
        for person in Self.people {
            let arrivals = story.arrivals[person] ?? []
            for first in arrivals { #expect(arrivals.filter { $0 >= first && $0 - first < .minutes(10) }.count <= 10) }
        }
        // For the record of promise 4.
        print(
            "flood, seed \(seed): first attempts p50 \(delays[delays.count / 2].text) p99 \(delays[delays.count * 99 / 100].text)",
            "max \(delays.last?.text ?? "-"); the fall \(fall.max()?.text ?? "-"); messages",
            Self.people.map { "\($0) \(story.arrivals[$0]?.count ?? 0)" }.joined(separator: ", "))
    }

    @Test("each alarm of the flood is an alert of its own: taking one leaves the others to be taken")
    func ownable() {
        var story = Story(seed: 4)

        for flat in [3, 250, 500] { #expect(story.script.act(.accept(AlertID("smoke-d\(flat)-1")), by: "desk")?.refusal == nil) }

        #expect(story.script.alerts.filter { $0.state == .owned }.count == 3)
        #expect(story.script.alerts.filter { $0.state == .raised }.count == Self.alarms - 2)
    }
}
