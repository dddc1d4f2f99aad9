import Testing
import VigilCore

@testable import vigil

struct MomentTests {
    /// 2025-11-22 18:26:40 UTC, which is 02:26:40 on the 23rd in Shanghai.
    private let now = WallTime(1_763_836_000_000)

    @Test(
        "a length, a time of day and a day with a time, as the wall of the zone shows them",
        arguments: [
            ("2h", 7200), ("02:27", 20), ("2:27", 20), ("02:26", 86_360), ("24:00", 77_600), ("2025-11-23 02:27", 20),
            ("2025-11-23T02:27", 20), ("2025-11-23 00:00", -8800),
        ])
    func shanghai(text: String, seconds: Int64) {
        #expect(Moment(argument: text)?.time(now: now) { "Asia/Shanghai" } == WallTime(now.rawValue + seconds * 1000))
    }

    @Test("the offset is the one of that day")
    func daylightSaving() {
        #expect(Moment(argument: "2026-07-01 12:00")?.time(now: now) { "Europe/Berlin" } == WallTime(1_782_900_000_000))
    }

    @Test(
        "what no calendar and no wall has is refused",
        arguments: ["", "2", "2h30", "25:00", "12:60", "12:5", "2026-02-30 12:00", "2026-13-01 12:00", "2026-12-01", "２:00"])
    func refused(text: String) {
        #expect(Moment(argument: text) == nil)
    }
}
