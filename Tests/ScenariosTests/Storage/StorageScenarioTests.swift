import Foundation
import Glibc
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

/// Rule 6 of the turn on the real process, with a real broker and a disk that misbehaves (promises.md, A5 to A7).
@Suite(.serialized) struct StorageScenarioTests {
    @Test("a full disk: first the ballast goes, and recording continues")
    func ballast() async throws {
        let house = try StorageHouse(.init(call: "write", number: ENOSPC, endsWithBallast: true))
        let daemon = try house.startDaemon()
        #expect(FileManager.default.fileExists(atPath: house.state + "/ballast"))
        try house.breakDisk()

        let marker = try house.callForHelp(1)
        let messages = house.messages(about: "sos-r1-1")

        #expect(messages.count == 1 && messages.allSatisfy { $0.body?.data.body.contains("unrecorded") == false })
        #expect(try await house.journal().news[marker] == 1)
        // Half a minute later it is set aside and given up again: this disk is full as long as it is there.
        #expect(house.lines(of: "the ballast was given up") >= 1)
        #expect(house.lines(of: "nothing can be recorded") == 0)
        // Operators hear of it (A5: within 10 s), by a message that is recorded itself.
        let notice = house.messages(about: "storage-box-1", within: 10).first?.body?.data
        #expect(notice?.severity == "yellow")
        #expect(notice?.body.contains(/the disk is full: the ballast was given up, \d+ MiB are left/) == true, "\(notice?.body ?? "")")
        #expect(try await house.alerts().contains { $0.id == "storage-box-1" && $0.condition == .active })
        daemon.signal(SIGTERM)
        #expect(daemon.wait(milliseconds: 30_000) == .exited(0))
    }

    @Test(
        "nothing can be written: red goes out unrecorded, nothing is acknowledged, and all of it is stored once when the disk works again",
        arguments: [ENOSPC, EROFS, EACCES])
    func recovers(number: Int32) async throws {
        let house = try StorageHouse(.init(call: "write", number: number))
        let daemon = try house.startDaemon()
        var markers = [try house.move(1)]
        try house.breakDisk()

        markers.append(try house.callForHelp(1))
        let first = house.messages(about: "sos-r1-1")
        #expect(first.first?.body?.data.body.contains("unrecorded") == true)
        #expect(house.messages(about: "storage-box-1").count == 1)
        #expect(patiently { house.isDurableSessionDropped }, "\(house.broker.log.suffix(1500))")
        // The spare session listens: alarms keep arriving, and what is not red waits.
        markers += [try house.race(3), try house.callForHelp(2)]
        #expect(house.messages(about: "sos-r2-1").first?.body?.data.body.contains("unrecorded") == true)
        #expect(house.messages(about: "heart_rate_bpm-r3-1", within: 3).isEmpty)
        let listed = try house.desk.ask("/v1/alerts", AlertList.self).alerts.filter { $0.alertClass == .life }
        #expect(Set(listed.map { "\($0.id) \($0.isRecorded)" }) == ["heart_rate_bpm-r3-1 false", "sos-r1-1 false", "sos-r2-1 false"])
        let status = try house.desk.ask("/v1/status", StatusReport.self)
        #expect(!status.storage.isRecording && status.storage.detail.contains("live.db"))
        #expect(status.notReady.contains("not recording: \(status.storage.detail)"))
        try house.mendDisk()

        #expect(house.messages(about: "heart_rate_bpm-r3-1").count == 1)
        var journal = try await house.journal()
        let end = ContinuousClock.now + .seconds(30)
        while markers.dropFirst().contains(where: { journal.repeats[$0] != 1 }), ContinuousClock.now < end {
            usleep(100_000)
            journal = try await house.journal()
        }
        for marker in markers { #expect(journal.news[marker] == 1, "\(marker)") }
        // The broker had kept what nobody acknowledged.
        for marker in markers.dropFirst() { #expect(journal.repeats[marker] == 1, "\(marker)") }
        let alerts = try await house.alerts().filter { $0.alertClass == .life }
        #expect(alerts.map { "\($0.id) \($0.occurrences)" }.sorted() == ["heart_rate_bpm-r3-1 1", "sos-r1-1 1", "sos-r2-1 1"])
        let ids = house.receiver.lines.compactMap(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(house.lines(of: "recording again") == 1)
        #expect(try house.desk.ask("/v1/alerts", AlertList.self).alerts.allSatisfy(\.isRecorded))
        #expect(try house.desk.ask("/v1/status", StatusReport.self).storage.isRecording)
        daemon.signal(SIGTERM)
        #expect(daemon.wait(milliseconds: 30_000) == .exited(0))
    }

    @Test("killed while nothing can be written, the broker hands everything over again")
    func killedMeanwhile() async throws {
        let house = try StorageHouse(.init(call: "write", number: ENOSPC))
        let daemon = try house.startDaemon()
        try house.breakDisk()
        var markers = [try house.callForHelp(1)]
        #expect(house.messages(about: "sos-r1-1").count == 1)
        #expect(patiently { house.isDurableSessionDropped })
        markers += [try house.move(2), try house.callForHelp(2)]
        #expect(house.messages(about: "sos-r2-1").count == 1)
        // Long enough for several lingers.
        #expect(!patiently(seconds: 2) { house.acknowledgements > 0 })
        daemon.kill()
        try house.mendDisk()

        let second = try house.startDaemon()
        var news: [String: Int] = [:]
        let end = ContinuousClock.now + .seconds(30)
        while news.count < markers.count, ContinuousClock.now < end {
            usleep(100_000)
            news = try await house.journal().news
        }

        #expect(news == Dictionary(uniqueKeysWithValues: markers.map { ($0, 1) }))
        #expect(try await house.alerts().filter { $0.alertClass == .life }.map(\.id).sorted() == ["sos-r1-1", "sos-r2-1"])
        #expect(patiently { house.acknowledgements == markers.count })
        second.signal(SIGTERM)
        #expect(second.wait(milliseconds: 30_000) == .exited(0))
    }

    @Test(
        "a start on a disk that cannot be written: red goes out unrecorded, nothing is acknowledged, and when the disk works the next start records",
        arguments: [EROFS, ENOSPC])
    func startWithoutDisk(number: Int32) async throws {
        let house = try StorageHouse(.init(call: "write", number: number))
        let first = try house.startDaemon()
        first.signal(SIGTERM)
        #expect(first.wait(milliseconds: 30_000) == .exited(0))
        try house.breakDisk()

        try await watchesWithoutDisk(house)
    }

    @Test("a disk that goes on failing to sync ends the daemon once: the next start watches without it (never twice for one cause)")
    func goesOnFailing() async throws {
        let house = try StorageHouse(.init(call: "sync", number: EIO))
        let first = try house.startDaemon()
        try house.breakDisk()
        _ = try house.callForHelp(2)
        #expect(first.wait(milliseconds: 30_000) == .exited(74), "\(house.log.suffix(2000))")

        try await watchesWithoutDisk(house)
        #expect(try await house.alerts().contains { $0.id == "sos-r2-1" })
    }

    /// A life on a disk that is broken, the end of it when the disk works again, and the next life.
    private func watchesWithoutDisk(_ house: StorageHouse) async throws {
        let daemon = try house.startDaemonOnly()
        #expect(patiently { house.hasSpareSession }, "\(house.log.suffix(2000))")
        let before = house.acknowledgements
        let marker = try house.callForHelp(1)
        #expect(house.messages(about: "sos-r1-1").first?.body?.data.body.contains("unrecorded") == true)
        #expect(house.messages(about: "storage-box-1").first?.body?.data.body.contains("unrecorded") == true)
        #expect(house.lines(of: "nothing can be recorded from the start") == 1)
        #expect(try house.desk.ask("/v1/alerts/sos-r1-1", AlertStoryReport.self).alert.isRecorded == false)
        #expect(house.acknowledgements == before)
        try house.mendDisk()
        #expect(daemon.wait(milliseconds: 60_000) == .exited(75), "\(house.log.suffix(2000))")

        let next = try house.startDaemon()
        #expect(await house.isJournaled(marker))
        #expect(try await house.alerts().contains { $0.id == "sos-r1-1" })
        next.signal(SIGTERM)
        #expect(next.wait(milliseconds: 30_000) == .exited(0))
    }

    @Test("a failed sync: red goes out, the daemon ends with 74, the next start verifies, once, and nothing is raised twice")
    func failedSync() async throws {
        // The call for help has to be what the disk refuses: nothing else may be on its way to it.
        let house = try StorageHouse(.init(call: "sync", number: EIO), snapshots: "5m")
        let daemon = try house.startDaemon()
        #expect(await house.isQuiet())
        try house.breakDisk()

        let marker = try house.callForHelp(1)
        let first = house.messages(about: "sos-r1-1")
        #expect(first.first?.body?.data.body.contains("unrecorded") == true, "\(house.log.suffix(3000))")
        #expect(daemon.wait(milliseconds: 30_000) == .exited(74), "\(house.log.suffix(2000))")
        #expect(FileManager.default.fileExists(atPath: house.state + "/verify"))
        try house.mendDisk()
        let second = try house.startDaemon()

        #expect(!FileManager.default.fileExists(atPath: house.state + "/verify"))
        #expect(await house.isJournaled(marker))
        #expect(try await house.alerts().filter { $0.key.kind == "sos" }.map { "\($0.id) \($0.occurrences)" } == ["sos-r1-1 1"])
        let keys = Set(house.receiver.lines.filter { $0.body?.data.alert == "sos-r1-1" }.compactMap(\.id))
        #expect(keys.count == 1)
        second.signal(SIGTERM)
        #expect(second.wait(milliseconds: 30_000) == .exited(0))
        #expect(!FileManager.default.fileExists(atPath: house.state + "/verify"))
    }
}
