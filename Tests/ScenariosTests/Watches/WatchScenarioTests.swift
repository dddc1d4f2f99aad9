import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilStore
import VigilTesting

/// A GPS watch by a real socket, through the whole daemon to a person; and a daemon that dies between what it heard and what it promised.
@Suite struct WatchScenarioTests {
    private let house: CrashHouse
    private let port: Int

    init() throws {
        port = try freePort()
        house = try CrashHouse(residents: 1, extra: "watches: [{id: watches, listen: \"127.0.0.1:\(port)\"}]")
        let file = house.directory + "/registry.yaml"
        let device = "  - {id: watch-1, dialect: 3g-watch, address: \"8800000015\", resident: r1, liveness: wearable}"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("\ndevices:\n", with: "\ndevices:\n\(device)\n").write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// A call for help at a second of the day.
    private func alarm(_ second: Int) -> String {
        let digits = String(second + 100_000)
        return "[3G*8800000015*0058*AL_LTE,120126,\(digits),V,0.0,N,0.0,E,0,0,0,0,1,80,0,0,00010000,0,0]"
    }

    private func story() async throws -> AlertStory? { try await StoreReader(directory: house.state).alert("sos-r1-1") }

    @Test("a call for help rings, is answered when it is stored, and rings once however often the watch repeats it")
    func pressed() async throws {
        let daemon = try house.startReadyDaemon()
        let watch = try WatchClient(port: port)

        watch.send("[3G*8800000015*000D*LK,50,100,100]")
        #expect(watch.answer() == "[3G*8800000015*0002*LK]")
        watch.send(alarm(1))
        #expect(watch.answer() == "[3G*8800000015*0002*AL]")
        let atAnswer = try await story()
        watch.send(alarm(1))
        #expect(watch.answer() == "[3G*8800000015*0002*AL]")
        let told = house.receiver.wait(within: .seconds(60)) { $0.hook == "officer" && $0.body?.data.alert == "sos-r1-1" }
        let status = try house.desk.ask("/v1/status", StatusReport.self)
        daemon.kill()

        #expect(atAnswer?.alert.occurrences == 1)
        #expect(try await story()?.alert.occurrences == 1)
        #expect(!told.isEmpty, "\(house.log.suffix(2000))")
        #expect(status.listeners.map(\.isConnected) == [true])
    }

    @Test(
        "killed before or after a commit: what was answered is stored, what was not is said again and rings once",
        arguments: ["beforeCommit:20", "afterCommitBeforeAck:20"])
    func killed(failpoint: String) async throws {
        let first = try house.startReadyDaemon(failpoint: failpoint)
        let watch = try WatchClient(port: port)
        var answered = 0
        watch.send(alarm(1))
        // One press after the other until the daemon dies with one of them in hand.
        while watch.answer() != nil {
            answered += 1
            watch.send(alarm(answered + 1))
        }
        try house.expectKilled(first)
        let stored = try await StoreReader(directory: house.state).journal(limit: .max).filter {
            if case .frame(let frame) = $0.input { frame.source == "watches" } else { false }
        }
        #expect(stored.count == answered || stored.count == answered + 1)

        let second = try house.startReadyDaemon()
        let again = try WatchClient(port: port)
        again.send(alarm(answered + 1))
        #expect(again.answer() == "[3G*8800000015*0002*AL]")
        let occurrences = try await story()?.alert.occurrences
        second.kill()

        #expect(occurrences == answered + 1)
    }
}
