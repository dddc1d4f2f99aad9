import Testing

@testable import VigilCore

struct LocalTimeTests {
    @Test(
        "the wall's time of day in its zone",
        arguments: [
            (0, "Asia/Shanghai", "08:00"), (1_763_800_000_000, "Asia/Shanghai", "16:26"), (1_763_800_000_000, "Europe/Berlin", "09:26"),
            (-1000, "UTC", "23:59"), (0, "no/such_zone", "00:00"),
        ])
    func hoursAndMinutes(wall: Int64, zone: String, expected: String) {
        #expect(LocalTime.hoursAndMinutes(WallTime(wall), zone: zone) == expected)
    }

    @Test("another day is named", arguments: [(-3_600_000, "15:26"), (-86_400_000, "11-21 16:26"), (-59_201_000, "11-21 23:59")])
    func otherDay(before: Int64, expected: String) {
        let now: Int64 = 1_763_800_000_000

        #expect(LocalTime.hoursAndMinutes(WallTime(now + before), zone: "Asia/Shanghai", seenFrom: WallTime(now)) == expected)
    }

    @Test("summer time is the zone's own (promises C4)")
    func daylightSaving() {
        // 2025-03-30 01:00 UTC, when Berlin goes from 02:00 to 03:00.
        let change: Int64 = 1_743_296_400_000

        #expect(LocalTime.hoursAndMinutes(WallTime(change - 60_000), zone: "Europe/Berlin") == "01:59")
        #expect(LocalTime.hoursAndMinutes(WallTime(change), zone: "Europe/Berlin") == "03:00")
    }

    @Test("a wall that lost its mind is still a time of day", arguments: [Int64.min, .max])
    func extremes(wall: Int64) {
        let text = LocalTime.hoursAndMinutes(WallTime(wall), zone: "Asia/Shanghai")

        #expect(text.count == 5)
        #expect(!LocalTime.hoursAndMinutes(WallTime(wall), zone: "UTC", seenFrom: WallTime(0)).isEmpty)
    }
}
