import Foundation
import Testing
import VigilCore
import VigilStore
import VigilTesting

/// promises.md, A1: what was acknowledged survives a SIGKILL at any instant.
@Suite struct KillTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("no acknowledged row is lost and no turn is halved by kills at random instants (VIGIL_KILLS)")
    func randomKills() async throws {
        var random = SeededGenerator(seed: 1)
        var acknowledged: Int64 = 0
        for _ in 0..<Repetitions.count("VIGIL_KILLS", default: 20) {
            let victim = try VictimProcess(directory.path)
            victim.say("commit")
            for _ in 0...Int.random(in: 0...60, using: &random) { _ = victim.line() }
            // The answers come back at an instant of the victim's loop; some more work moves the kill about in it.
            var spin = Int.random(in: 0...200_000, using: &random)
            while spin > 0 { spin -= 1 }

            victim.kill9()

            let first = victim.lines.first.flatMap { Int64($0.dropFirst(5)) } ?? 0
            #expect(first >= acknowledged)
            acknowledged = victim.acknowledged
        }

        #expect(await Wholeness.problems(of: directory.path, acknowledged: acknowledged) == [])
        #expect(acknowledged > 0)
    }

    @Test(
        "a kill at a failpoint loses nothing that was acknowledged",
        arguments: [
            Failpoint.beforeMigration, .duringMigration, .duringRecovery, .beforeCommit, .afterCommitBeforeAck, .beforeCheckpoint,
        ], [1, 2, 7])
    func killAtFailpoint(failpoint: Failpoint, pass: Int) async throws {
        var acknowledged: Int64 = 0
        for _ in 0..<3 {
            let victim = try VictimProcess(directory.path, environment: ["VIGIL_FAILPOINT": "\(failpoint.rawValue):\(pass)"])
            victim.ask("commit 40")
            victim.kill9()
            #expect(victim.acknowledged >= acknowledged || victim.lines.isEmpty)
            acknowledged = max(acknowledged, victim.acknowledged)
        }

        #expect(await Wholeness.problems(of: directory.path, acknowledged: acknowledged) == [])
    }

    @Test("a failpoint kills where it stands: a turn killed before its commit is not there, one killed after it is")
    func failpointsStandWhereTheySay() async throws {
        for (failpoint, expected) in [(Failpoint.beforeCommit, Int64(8)), (.afterCommitBeforeAck, 12)] {
            let directory = try TemporaryDirectory()
            let victim = try VictimProcess(directory.path, environment: ["VIGIL_FAILPOINT": "\(failpoint.rawValue):3"])

            victim.ask("commit 40")
            victim.kill9()

            #expect(victim.acknowledged == 8)
            let store = try Store.open(directory)
            #expect(try store.recover(reopenWindow: .zero).lastSequence == expected)
            #expect(!store.wasClosedInOrder)
            try store.close()
        }
    }

    @Test("a misspelt failpoint stops the process instead of never firing")
    func misspeltFailpoint() throws {
        let victim = try VictimProcess(directory.path, environment: ["VIGIL_FAILPOINT": "befroeCommit:3"])

        victim.ask("commit 1")
        let end = victim.kill9()

        #expect(victim.acknowledged == 0)
        #expect(![.exited(0), .signalled(SIGKILL)].contains(end))
    }
}
