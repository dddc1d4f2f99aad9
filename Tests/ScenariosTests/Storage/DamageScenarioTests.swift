import Foundation
import Glibc
import Testing
import VigilCore
import VigilStore
import VigilTesting

/// promises.md, A9, on the real process: a damaged database never stops the watch.
@Suite(.serialized) struct DamageScenarioTests {
    enum Damage: CaseIterable, Sendable {
        case head, emptied, truncated, middleFoundByVerification
    }

    @Test(
        "a damaged database is kept and replaced, operators hear of it in red, and alarms go on within a minute",
        arguments: Damage.allCases)
    func replaced(damage: Damage) async throws {
        let house = try StorageHouse(.init(call: "write", number: EIO))
        let first = try house.startDaemon()
        let markers = try [house.callForHelp(1), house.move(2)]
        for marker in markers { #expect(await house.isJournaled(marker)) }
        #expect(house.messages(about: "sos-r1-1").count == 1)
        // What the broker still kept would come again, and a new database cannot know it.
        #expect(patiently { house.acknowledgements == markers.count })
        first.signal(SIGTERM)
        #expect(first.wait(milliseconds: 30_000) == .exited(0))
        try apply(damage, to: house)
        let before = FileManager.default.contents(atPath: house.database)
        let start = ContinuousClock.now

        let second = try house.startDaemon()

        let told = house.messages(about: "storage_replaced-box-1")
        #expect(told.map { $0.body?.data.severity } == ["red"])
        _ = try house.callForHelp(2)
        #expect(house.messages(about: "sos-r2-1").count == 1)
        #expect(ContinuousClock.now - start < .seconds(60))
        // The alert log goes on behind what the old database had told, although positions begin anew.
        let story = ["raised sos-r1-1", "raised storage_replaced-box-1", "raised sos-r2-1"]
        #expect(patiently(seconds: 20) { story.allSatisfy { house.alertLog.contains($0) } }, "\(house.alertLog)")
        #expect(house.alertLog.matches(of: /raised sos-r1-1/).count == 1)
        let kept = try damagedFiles(house)
        #expect(kept.count == 1)
        #expect(kept.first.flatMap { FileManager.default.contents(atPath: house.state + "/" + $0) } == before)
        second.signal(SIGTERM)
        #expect(second.wait(milliseconds: 30_000) == .exited(0))

        // Never twice for one cause.
        let third = try house.startDaemon()
        #expect(try damagedFiles(house).count == 1)
        #expect(house.lines(of: "was replaced") == 1)
        #expect(try await house.alerts().filter { $0.key.kind == "storage_replaced" }.map(\.occurrences) == [1])
        third.signal(SIGTERM)
        #expect(third.wait(milliseconds: 30_000) == .exited(0))
    }

    private func damagedFiles(_ house: StorageHouse) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: house.state).filter {
            $0.hasPrefix("live.db.damaged-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
        }
    }

    private func apply(_ damage: Damage, to house: StorageHouse) throws {
        let url = URL(filePath: house.database)
        var bytes = Array(try Data(contentsOf: url))
        switch damage {
        case .head: bytes.replaceSubrange(0..<100, with: repeatElement(0xA5, count: 100))
        case .emptied: bytes = []
        case .truncated: bytes.removeLast(bytes.count / 2)
        case .middleFoundByVerification:
            for page in stride(from: 8192, to: bytes.count - 1024, by: 4096) {
                bytes.replaceSubrange(page..<page + 64, with: repeatElement(0xA5, count: 64))
            }
            try Data().write(to: URL(filePath: house.state + "/verify"))
        }
        try Data(bytes).write(to: url)
    }
}
