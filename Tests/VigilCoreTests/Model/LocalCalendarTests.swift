import Testing

@testable import VigilCore

struct LocalCalendarTests {
    @Test("times of day are read strictly", arguments: [("00:00", 0), ("8:05", 485), ("23:59", 1439), ("24:00", 1440)])
    func timeOfDay(text: String, minutes: Int) {
        #expect(TimeOfDay(text: text)?.rawValue == minutes)
    }

    @Test("what is no time of day is none", arguments: ["", "8", "24:01", "25:00", "12:60", "12:5", "12:00:00", "+1:00", "１2:00"])
    func noTimeOfDay(text: String) {
        #expect(TimeOfDay(text: text) == nil)
    }

    @Test(
        "days read and print alike and know their weekday",
        arguments: [
            ("1970-01-01", 0, Weekday.thursday), ("2024-02-29", 19782, .thursday), ("2026-02-17", 20501, .tuesday),
            ("1969-12-28", -4, .sunday),
        ])
    func days(text: String, number: Int, weekday: Weekday) {
        let day = CalendarDay(text: text)

        #expect(day?.rawValue == number)
        #expect(day?.text == text)
        #expect(day?.weekday == weekday)
    }

    @Test(
        "a day that no calendar has is none",
        arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-04-31"])
    func noDays(text: String) {
        #expect(CalendarDay(text: text) == nil)
    }

    @Test("moments read with a blank or a T, and print alike")
    func moments() {
        #expect(LocalMoment(text: "2026-02-17 08:30")?.text == "2026-02-17 08:30")
        #expect(LocalMoment(text: "2026-02-17T08:30") == LocalMoment(text: "2026-02-17 08:30"))
        #expect(LocalMoment(text: "2026-02-17") == nil)
        #expect(LocalMoment(text: "1969-12-31 23:00")?.day.text == "1969-12-31")
    }

    @Test(
        "an instant is when the wall first shows the moment or a later one",
        arguments: ["Europe/Berlin", "America/New_York", "UTC", "no/such_zone"])
    func roundTrip(zone: String) {
        for minute in stride(from: 29_000_000, to: 29_600_000, by: 37) {
            let moment = LocalMoment(rawValue: minute)
            let instant = LocalTime.instant(of: moment, zone: zone)

            let before = LocalTime.moment(at: WallTime(instant.rawValue - 1), zone: zone)
            let shown = LocalTime.moment(at: instant, zone: zone)
            #expect(before < moment && moment <= shown, "\(moment.text)")
        }
    }
}
