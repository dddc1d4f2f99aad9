import Foundation
import Glibc
import Testing
import VigilCore
import VigilStore
import VigilTesting

/// promises.md, 1 and 2 (A1, A3): the whole daemon, killed under load again and again.
///
/// `VIGIL_KILLS` says how often at random instants (default 100; a release wants 1000), `VIGIL_SEED` makes a run's load and instants again.
@Suite(.serialized) struct CrashTests {
    /// Every failpoint, in an order in which each is passed, and how often it may be before it kills.
    private static let failpoints: [(point: Failpoint, passes: ClosedRange<Int>)] = [
        (.beforeMigration, 1...1), (.duringMigration, 1...1), (.duringRecovery, 1...1), (.afterRecovery, 1...1), (.beforePrune, 1...2),
        (.beforeCommit, 1...15), (.afterCommitBeforeAck, 1...15), (.afterAck, 1...8), (.beforeSend, 1...5),
        (.afterSendBeforeSettle, 1...5), (.beforeCheckpoint, 1...2),
    ]

    @Test("killed at every failpoint and at random instants, the daemon loses nothing, raises nothing twice and tells everybody")
    func killsUnderLoad() async throws {
        #expect(Set(Self.failpoints.map(\.point)) == Set(Failpoint.allCases))
        let seed = Self.number("VIGIL_SEED", default: 20_261_122)
        var random = SeededGenerator(seed: UInt64(seed))
        let house = try CrashHouse(residents: 60)
        let load = try CrashLoad(residents: 60, broker: house.broker)
        var kills = CrashKills()

        for (point, passes) in Self.failpoints {
            // What is published before the first session stands is nobody's promise.
            if point == .duringRecovery {
                try house.meetBroker()
                load.start(seed: UInt64(seed))
                kills.add(house)
            }
            try kill(house, at: point, pass: Int.random(in: passes, using: &random), &kills)
        }
        for number in 0..<Self.number("VIGIL_KILLS", default: 100) {
            try kill(house, isStarting: number.isMultiple(of: 4), &random, &kills)
        }
        load.end()
        let facts = try await finish(house, load, kills: kills)

        #expect(facts.problems == [], "seed \(seed)")
        #expect(facts.published.events.count > 20)
        print(facts.summary(seed: seed))
    }

    private func kill(_ house: CrashHouse, at point: Failpoint, pass: Int, _ kills: inout CrashKills) throws {
        let daemon = try house.startDaemon(failpoint: "\(point.rawValue):\(pass)", settings: ["VIGIL_EAGER_UPKEEP": "yes"])
        let end = daemon.wait(milliseconds: 60_000)
        #expect(end == .signalled(SIGKILL), "\(point):\(pass) was never passed: \(house.log.suffix(2000))")
        daemon.kill()
        kills.add(house)
    }

    /// At a random instant: while it starts, or within some tenths of a second from when it keeps watch.
    private func kill(
        _ house: CrashHouse, isStarting: Bool, _ random: inout SeededGenerator, _ kills: inout CrashKills
    ) throws {
        let begin = ContinuousClock.now
        let daemon = try house.startDaemon()
        if !isStarting {
            try house.waitUntilReady(daemon)
            kills.readyTimes.append(Int((ContinuousClock.now - begin) / .milliseconds(1)))
        }
        let instant = Int.random(in: 0...(isStarting ? kills.usualReadyTime : 700), using: &random)
        if let end = daemon.wait(milliseconds: instant) { Issue.record("it ended by itself: \(end) \(house.log.suffix(2000))") }
        daemon.kill()
        kills.add(house)
    }

    /// One more life, in which everything that is left is done; it ends in order.
    private func finish(_ house: CrashHouse, _ load: CrashLoad, kills: CrashKills) async throws -> CrashFacts {
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
