import Testing
import VigilConsole
import VigilCore

struct ReportPeriodTests {
    @Test("a day is one that a calendar has", arguments: ["2026-11-22", "2024-02-29", "1970-01-01"])
    func days(text: String) {
        #expect(CalendarDay(text: text) != nil)
    }

    @Test(
        "anything else is none",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-10", "26-11-22", "2026-11-2", "2026-11-22T00:00", "٢٠٢٦-11-22", "",
        ])
    func noDays(text: String) {
        #expect(CalendarDay(text: text) == nil)
    }

    @Test("a day on which clocks change has 23 or 25 hours", arguments: [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
    func daylightSaving(text: String, hours: Int64) throws {
        let day = try #require(CalendarDay(text: text))

        let range = ReportPeriod.days(day, through: day).range(now: WallTime(0), timeZone: "Europe/Berlin")

        #expect(range.upperBound.rawValue - range.lowerBound.rawValue == hours * 3_600_000)
    }

    @Test("a day that clocks begin an hour late begins there")
    func noMidnight() throws {
        // Santiago put its clocks from 24:00 to 01:00 in the night to this day.
        let day = try #require(CalendarDay(text: "2025-09-07"))

        let range = ReportPeriod.days(day, through: day).range(now: WallTime(0), timeZone: "America/Santiago")

        #expect(range.upperBound.rawValue - range.lowerBound.rawValue == 23 * 3_600_000)
    }

    @Test("without a last day it goes up to now, and a first day that has not come is empty")
    func open() throws {
        let day = try #require(CalendarDay(text: "2026-11-22"))
        let period = ReportPeriod.days(day, through: nil)
        let start = WallTime(1_795_276_800_000)

        #expect(period.range(now: WallTime(start.rawValue + 5), timeZone: "Asia/Shanghai") == start..<WallTime(start.rawValue + 5))
        #expect(period.range(now: WallTime(5), timeZone: "Asia/Shanghai").isEmpty)
    }
}
