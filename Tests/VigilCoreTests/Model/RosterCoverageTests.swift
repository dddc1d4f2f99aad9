import Testing

@testable import VigilCore

struct RosterCoverageTests {
    private func shift(_ days: [Weekday], _ from: String, _ to: String) -> Roster.Shift {
        Roster.Shift(
            days: days, from: TimeOfDay(text: from) ?? TimeOfDay(rawValue: 0), to: TimeOfDay(text: to) ?? TimeOfDay(rawValue: 0),
            contacts: ["c"])
    }

    private func coverage(_ shifts: [Roster.Shift], _ holidays: [Roster.Holiday] = []) -> RosterCoverage {
        RosterCoverage(Roster(id: "duty", timeZone: "Asia/Shanghai", shifts: shifts, holidays: holidays))
    }

    private func day(_ text: String) -> CalendarDay { CalendarDay(text: text) ?? CalendarDay(rawValue: 0) }

    private let everyDay = Weekday.allCases

    @Test("a week whose shifts touch has neither hole nor overlap")
    func complete() {
        let shared = coverage([shift(everyDay, "08:00", "20:00"), shift(everyDay, "20:00", "08:00")])
        let whole = coverage([shift(everyDay, "08:00", "08:00")])

        #expect(shared.holes.isEmpty && shared.overlaps.isEmpty)
        #expect(whole.holes.isEmpty && whole.overlaps.isEmpty)
    }

    @Test("a hole is named with its day and times, also over the end of the week")
    func holes() {
        let weekdays = Array(everyDay.prefix(5))
        let office = coverage([shift(weekdays, "00:00", "24:00")])
        let minute = coverage([
            shift(everyDay, "08:00", "20:00"), shift(everyDay.dropLast(), "20:00", "08:00"), shift([.sunday], "20:01", "08:00"),
        ])
        let none = coverage([])

        #expect(office.holes == ["sat 00:00 to mon 00:00"])
        #expect(minute.holes == ["sun 20:00 to sun 20:01"])
        #expect(none.holes == ["mon 00:00 to mon 00:00"])
    }

    @Test("an overlap is named with its shifts and the first time at which they meet")
    func overlaps() {
        let both = coverage([shift(everyDay, "08:00", "20:00"), shift(everyDay, "19:00", "08:00")])
        let overWeekEnd = coverage([shift([.monday], "00:00", "12:00"), shift([.sunday], "20:00", "01:00")])

        #expect(both.overlaps.map(\.when) == ["mon 19:00 to mon 20:00"])
        #expect(overWeekEnd.overlaps.map(\.when) == ["mon 00:00 to mon 01:00"])
        #expect(overWeekEnd.overlaps.map { [$0.first, $0.second] } == [[0, 1]])
    }

    @Test("a holiday is blamed for what it opens or doubles, not for what the week lacks already")
    func holidays() {
        let week = [shift(everyDay, "08:00", "20:00"), shift(everyDay, "20:00", "08:00")]
        let short = Roster.Holiday(days: [day("2026-02-17")], plan: .shifts([shift([], "09:00", "20:00")]))
        let long = Roster.Holiday(days: [day("2026-02-17")], plan: .shifts([shift([], "08:00", "20:00"), shift([], "20:00", "09:00")]))
        let same = Roster.Holiday(days: [day("2026-02-17")], plan: .like(.sunday))

        #expect(
            coverage(week, [short]).holidayFaults.map(\.when)
                == ["2026-02-17 08:00 to 2026-02-17 09:00", "2026-02-17 20:00 to 2026-02-18 08:00"])
        #expect(coverage(week, [long]).holidayFaults.map(\.when) == ["2026-02-18 08:00 to 2026-02-18 09:00"])
        #expect(coverage(week, [long]).holidayFaults.map(\.kind) == [.overlap])
        #expect(coverage(week, [same]).holidayFaults.isEmpty)
        #expect(coverage([week[0]], [same]).holidayFaults.isEmpty)
    }
}
