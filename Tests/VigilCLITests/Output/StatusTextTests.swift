import Testing
import VigilConsole
import VigilCore

@testable import vigil

struct StatusTextTests {
    @Test("who is not reached, and what the outside was told, is said in both languages", arguments: Language.allCases)
    func outside(language: Language) {
        func lines(_ heartbeat: StatusReport.Heartbeat) -> [Substring] {
            let status = StatusReport(
                version: "1", startedAt: WallTime(0), uptime: .seconds(5), nobodyReachable: ["sos-r1-1"], heartbeat: heartbeat)
            return StatusText(language: language, now: WallTime(5000)).text(status).split(separator: "\n")
        }

        let told = [
            lines(.init()), lines(.init(reasons: ["not_recording"])),
            lines(.init(reasons: ["not_recording"], failure: "no connection")),
        ]

        #expect(told.allSatisfy { $0[1].hasPrefix("  ! ") && $0[1].hasSuffix("sos-r1-1") })
        #expect(Set(told.compactMap(\.last)).count == 3)
        #expect(told[1].last?.contains("not_recording") == true)
        #expect(told[2].last?.contains("no connection") == true)
    }

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

    @Test(
        "how many nobody observed is told, and where to read who; of nobody there is no line",
        arguments: [(Language.english, "people    2 unobserved: vigil blind"), (.chinese, "住户    2 人未观察: vigil blind")])
    func unobserved(language: Language, words: String) {
        func lines(_ count: Int) -> [String] {
            let status = StatusReport(version: "1", startedAt: WallTime(0), uptime: .seconds(5), unobserved: count)
            return StatusText(language: language, now: WallTime(5000)).text(status).split(separator: "\n").map(String.init)
        }

        #expect(lines(2).contains(words))
        #expect(!lines(0).contains { $0.contains("vigil blind") })
    }
}
