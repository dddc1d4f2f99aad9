import Testing
import VigilCore

@testable import vigil

struct LocalClockTests {
    /// 2025-11-22 18:26:40 UTC, which is the 23rd in Shanghai.
    private let evening = WallTime(1_763_836_000_000)

    @Test(
        "a time is shown in the zone of the configuration, with its offset",
        arguments: [
            ("Asia/Shanghai", "2025-11-23 02:26:40+08:00"), ("Europe/Berlin", "2025-11-22 19:26:40+01:00"),
            ("Asia/Kolkata", "2025-11-22 23:56:40+05:30"), ("America/New_York", "2025-11-22 13:26:40-05:00"),
            ("UTC", "2025-11-22 18:26:40Z"), ("Mars/Base", "2025-11-22 18:26:40Z"),
        ])
    func zones(zone: String, words: String) {
        #expect(LocalClock(zone: zone).text(evening) == words)
    }

    @Test("the offset is the one of that day")
    func daylightSaving() {
        let july = WallTime(1_752_000_000_000)

        #expect(LocalClock(zone: "Europe/Berlin").text(july) == "2025-07-08 20:40:00+02:00")
    }

    @Test("the day stands before a time that is not of today, as days go in that zone")
    func short() {
        let clock = LocalClock(zone: "Asia/Shanghai")
        let before = WallTime(evening.rawValue - 3 * 3_600_000)

        #expect(clock.short(evening, now: evening) == "02:26:40+08:00")
        #expect(clock.short(before, now: evening) == "11-22 23:26:40+08:00")
    }

    @Test("a time that no calendar has is no crash", arguments: [Int64.min, -1, .max])
    func absurd(milliseconds: Int64) {
        #expect(LocalClock(zone: "UTC").text(WallTime(milliseconds)) == "?")
        #expect(LocalClock(zone: "UTC").short(WallTime(milliseconds), now: evening) == "?")
    }
}
