import Foundation
import Testing
import VigilCore
import VigilStore
import VigilTesting

/// promises.md, A5 to A8: a disk that is full, read-only, locked or broken.
@Suite struct DiskFaultTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    // MARK: Full

    @Test("a full disk is told as such, the ballast frees the way, and nothing acknowledged is lost", .enabled(if: canMount))
    func fullDisk() throws {
        let victim = try VictimProcess(directory.path, ballast: 2 << 20, tmpfsBytes: 8 << 20)

        let filling = victim.ask("fill 10000")
        let again = victim.ask("fill 1")
        let released = victim.ask("release")
        let after = victim.ask("commit 20")
        let full = victim.acknowledged
        victim.ask("close")
        victim.drain()

        #expect(filling.contains { $0.hasPrefix("failed full") })
        #expect(filling.contains { $0.contains("free space on this file system; recording goes on by itself") })
        #expect(again.contains { $0.hasPrefix("failed full") })
        #expect(released.last == "done")
        #expect(after.count == 21 && after.allSatisfy { $0.hasPrefix("ack ") || $0 == "done" }, "\(after)")
        #expect(full > 80)
    }

    @Test("a store whose disk is full opens with the ballast's room")
    func opensOnFullDisk() async throws {
        let first = try VictimProcess(directory.path, ballast: 100_000)
        first.ask("commit 3")
        first.ask("close")

        let second = try VictimProcess(
            directory.path, ballast: 100_000, faults: ["FAULTS_FAIL": "write:0:\(ENOSPC)", "FAULTS_WHILE": directory.path + "/ballast"])
        let opened = second.line()
        second.kill9()

        #expect(opened == "open 12")
        #expect(await Wholeness.problems(of: directory.path, acknowledged: 12) == [])
    }

    @Test("the ballast of the shipped size makes room for a thousand alerts", .enabled(if: canMount))
    func ballastHoldsAThousandAlerts() throws {
        let victim = try VictimProcess(directory.path, ballast: 64 << 20, tmpfsBytes: 132 << 20)
        victim.ask("fill 100000")

        victim.ask("release")
        let alerts = victim.ask("commit 1000").filter { $0.hasPrefix("ack ") }

        #expect(alerts.count == 1000)
    }

    // MARK: Broken

    @Test("whichever write fails, nothing acknowledged is lost and the next turn is taken", arguments: 1...12)
    func failingWrites(number: Int) async throws {
        let victim = try VictimProcess(directory.path, faults: ["FAULTS_FAIL": "write:\(number * 5):5"])

        victim.ask("commit 30")
        victim.kill9()

        let failures = victim.lines.filter { $0.hasPrefix("failed") || $0.hasPrefix("refused") || $0.hasPrefix("upkeep") }
        #expect(failures.count == 1)
        #expect(failures.allSatisfy { $0.contains(" io") })
        #expect(await Wholeness.problems(of: directory.path, acknowledged: victim.acknowledged) == [])
    }

    @Test("whichever sync fails, the store says so, stops, and loses nothing acknowledged", arguments: 1...24)
    func failingSyncs(number: Int) async throws {
        let victim = try VictimProcess(directory.path, faults: ["FAULTS_FAIL": "sync:\(number):5"])

        victim.ask("commit 30")
        victim.ask("commit 2")
        victim.kill9()

        let failed = victim.lines.firstIndex { $0.hasPrefix("failed") || $0.hasPrefix("refused") || $0.hasPrefix("upkeep") }
        let index = try #require(failed)
        #expect(victim.lines[index].contains("syncFailed"))
        // A checkpoint fails on the writer's thread, beside the answer to the turn that was stored just before it.
        let acknowledgements = victim.lines[index...].count { $0.hasPrefix("ack") }
        #expect(acknowledgements <= (victim.lines[index].hasPrefix("upkeep") ? 1 : 0))
        #expect(await Wholeness.problems(of: directory.path, acknowledged: victim.acknowledged) == [])
    }

    @Test("after a failed sync, closing does not trust the log either")
    func closingAfterFailedSync() async throws {
        let victim = try VictimProcess(directory.path, faults: ["FAULTS_FAIL": "sync:12:5"])
        victim.ask("commit 30")

        victim.ask("close")
        victim.drain()

        #expect(FileManager.default.fileExists(atPath: directory.database + "-wal"))
        #expect(await Wholeness.problems(of: directory.path, acknowledged: victim.acknowledged) == [])
    }

    // MARK: Read-only

    @Test("a disk that turns read-only is told as such, and recording goes on when it is writable again")
    func readOnlyAtWork() async throws {
        let flag = directory.path + "/read-only"
        let state = directory.path + "/state"
        let victim = try VictimProcess(state, faults: ["FAULTS_FAIL": "write:0:\(EROFS)", "FAULTS_WHILE": flag])
        victim.ask("commit 2")

        try Data().write(to: URL(fileURLWithPath: flag))
        let during = victim.ask("commit 2")
        try FileManager.default.removeItem(atPath: flag)
        let after = victim.ask("commit 2")
        victim.kill9()

        #expect(during.filter { $0.hasPrefix("failed readOnly") }.count == 2)
        // Upkeep that met the fault may say so late.
        #expect(after.filter { !$0.hasPrefix("upkeep") } == ["ack 12", "ack 16", "done"])
        #expect(await Wholeness.problems(of: state, acknowledged: victim.acknowledged) == [])
    }

    @Test("a disk that is full for a while takes turns again by itself")
    func fullForAWhile() async throws {
        let flag = directory.path + "/full"
        let state = directory.path + "/state"
        let victim = try VictimProcess(state, faults: ["FAULTS_FAIL": "write:0:\(ENOSPC)", "FAULTS_WHILE": flag])
        victim.ask("commit 2")

        try Data().write(to: URL(fileURLWithPath: flag))
        let during = victim.ask("commit 2")
        try FileManager.default.removeItem(atPath: flag)
        let after = victim.ask("commit 2")
        victim.kill9()

        #expect(during.filter { $0.hasPrefix("failed full") }.count == 2)
        // Upkeep that met the fault may say so late.
        #expect(after.filter { !$0.hasPrefix("upkeep") } == ["ack 12", "ack 16", "done"])
        #expect(await Wholeness.problems(of: state, acknowledged: victim.acknowledged) == [])
    }

    /// A user namespace with a mount of its own: refused in some containers, and then the real full disk cannot be had.
    static let canMount: Bool = {
        // Where the program is missing as well, it is for want of it that they are skipped.
        let probe = try? ChildProcess.run("unshare", ["-rm", "sh", "-c", "mount -t tmpfs vigil /mnt"])
        if probe?.end != .exited(0) { print("skipped: tests of a full disk need `unshare -rm` and a tmpfs") }
        return probe?.end == .exited(0)
    }()
}
