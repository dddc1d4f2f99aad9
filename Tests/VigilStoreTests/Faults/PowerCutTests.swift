import Foundation
import Testing
import VigilStore

/// promises.md, A2: what was acknowledged survives a power cut. A kill cannot show this: the kernel still has the pages.
@Suite struct PowerCutTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("no image of a power cut lacks an acknowledged row, half has a turn or is damaged (VIGIL_POWER_CUTS)")
    func powerCuts() async throws {
        let problems = try await images(Repetitions.count("VIGIL_POWER_CUTS", default: 100), seed: 2, faults: [:])

        #expect(problems == [])
    }

    @Test("the same check finds lost rows where commits do not sync the log")
    func control() async throws {
        let problems = try await images(20, seed: 3, faults: ["FAULTS_FORGET": "-wal"])

        #expect(problems.contains { $0.contains("lost: acknowledged") })
    }

    /// Records a victim at work over several checkpoints, and checks images of its disk.
    private func images(_ count: Int, seed: UInt64, faults: [String: String]) async throws -> [String] {
        let log = directory.path + "/operations.log"
        let work = directory.path + "/work"
        let victim = try VictimProcess(work, faults: faults.merging(["FAULTS_LOG": log]) { $1 })
        victim.ask("commit 60")
        victim.kill9()
        #expect(victim.acknowledged == 240)

        let recorded = try PowerCutLog(path: log)
        var random = SeededGenerator(seed: seed)
        var problems: [String] = []
        for number in 0..<count {
            let image = directory.path + "/image"
            try FileManager.default.createDirectory(atPath: image, withIntermediateDirectories: false)
            let acknowledged = try recorded.writeImage(to: image, using: &random)
            problems += await Wholeness.problems(of: image, acknowledged: acknowledged).map { "image \(number): \($0)" }
            try FileManager.default.removeItem(atPath: image)
        }
        return problems
    }
}
