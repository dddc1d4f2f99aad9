import Testing
import VigilConsole
import VigilCore

@testable import vigil

struct StatusTextTests {
    @Test(
        "a watch that records nothing says so, and why (promises A7)",
        arguments: [(Language.english, "NOT recording"), (.chinese, "无法记录")])
    func notRecording(language: Language, words: String) {
        let reason = "live.db: commit a turn: the disk is full"
        let status = StatusReport(
            version: "1", startedAt: WallTime(0), uptime: .seconds(5), storage: .init(isRecording: false, detail: reason))

        let lines = StatusText(language: language, now: WallTime(5000)).text(status).split(separator: "\n")

        #expect(lines.contains { $0.contains(words) && $0.contains(reason) })
    }
}
