import Foundation
import Glibc
import Testing
import VigilCore
import VigilStore
import VigilTesting

/// promises.md, 1 and 2 (A1, A3): the whole daemon, killed under load again and again.
///
/// `VIGIL_KILLS` says how often at random instants (default 30; a release wants 1000), `VIGIL_SEED` makes a run's load and instants again.
@Suite(.serialized) struct CrashTests {
    /// Every failpoint, and how long it may take until it is passed. Old rows are pruned after a day only: `JournalPrunerTests` has that one.
    private static let failpoints: [(point: Failpoint, passes: ClosedRange<Int>)] = [
        (.beforeMigration, 1...1), (.duringMigration, 1...1), (.duringRecovery, 1...1), (.afterRecovery, 1...1),
        (.beforeCommit, 1...30),
        (.afterCommitBeforeAck, 1...30), (.afterAck, 1...15), (.beforeSend, 1...5), (.afterSendBeforeSettle, 1...5),
        (.beforeCheckpoint, 1...2),
    ]

    @Test("killed at every failpoint and at random instants, the daemon loses nothing, raises nothing twice and tells everybody")
    func killsUnderLoad() async throws {
        let seed = Self.number("VIGIL_SEED", default: 20_261_122)
        var random = SeededGenerator(seed: UInt64(seed))
        let house = try CrashHouse(residents: 60)
        let load = try CrashLoad(residents: 60, broker: house.broker)
        var kills = 0

        for (point, passes) in Self.failpoints {
            // What is published before the first session stands is nobody's promise.
            if point == .duringRecovery {
                try await meetBroker(house)
                load.start(seed: UInt64(seed))
                kills += 1
            }
            let pass = Int.random(in: passes, using: &random)
            let daemon = try house.startDaemon(failpoint: "\(point.rawValue):\(pass)")
            let end = daemon.wait(milliseconds: 60_000)
            #expect(end == .signalled(SIGKILL), "\(point):\(pass) was never passed: \(house.log.suffix(2000))")
            kills += 1
            daemon.kill()
        }
        for _ in 0..<Self.number("VIGIL_KILLS", default: 30) {
            let daemon = try house.startDaemon()
            let instant = Int.random(in: 100...2000, using: &random)
            if let end = daemon.wait(milliseconds: instant) { Issue.record("it ended by itself: \(end) \(house.log.suffix(2000))") }
            daemon.kill()
            kills += 1
        }
        load.end()
        let facts = try await finish(house, load, kills: kills)

        #expect(facts.problems == [], "seed \(seed)")
        #expect(facts.published.events.count > 20)
        print(
            "crash test: seed \(seed), \(kills) kills, \(facts.published.markers.count) messages, \(facts.repeats.count) came again,",
            "\(facts.alerts.count) alerts, \(facts.deliveries.count) deliveries, \(facts.duplicates) of them twice")
    }

    /// A first life that lasts until the broker keeps a session.
    private func meetBroker(_ house: CrashHouse) async throws {
        let daemon = try house.startDaemon()
        let deadline = ContinuousClock.now + .seconds(60)
        while house.broker.log.matches(of: /Sending SUBACK to vigil-crash\s/).count < 2 {
            try #require(daemon.wait(milliseconds: 50) == nil && ContinuousClock.now < deadline, "\(house.log.suffix(2000))")
        }
        daemon.kill()
    }

    /// One more life, in which everything that is left is done; it ends in order.
    private func finish(_ house: CrashHouse, _ load: CrashLoad, kills: Int) async throws -> CrashFacts {
        let daemon = try house.startDaemon()
        let deadline = ContinuousClock.now + .seconds(90)
        var facts = try await CrashFacts(load.published, state: house.state, received: house.receiver.lines, kills: kills)
        // Until nothing is missing, or for as long as no healthy run needs.
        while !facts.problems.isEmpty && ContinuousClock.now < deadline {
            if let end = daemon.wait(milliseconds: 500) { Issue.record("it ended by itself: \(end)") }
            facts = try await CrashFacts(load.published, state: house.state, received: house.receiver.lines, kills: kills)
        }
        daemon.signal(SIGTERM)
        #expect(daemon.wait(milliseconds: 30_000) == .exited(0), "\(house.log.suffix(2000))")
        return try await CrashFacts(load.published, state: house.state, received: house.receiver.lines, kills: kills)
    }

    private static func number(_ variable: String, default number: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? number
    }
}
