import Testing

@testable import VigilCore

struct RosterTests {
    /// Days and nights by turns, the weekend by one person.
    private static let roster = Roster(
        id: "duty", timeZone: "Asia/Shanghai",
        shifts: [
            shift([.monday, .tuesday, .wednesday, .thursday, .friday], "08:00", "18:00", ["day", "deputy"]),
            shift([.monday, .tuesday, .wednesday, .thursday], "18:00", "08:00", ["night"]),
            shift([.friday], "18:00", "24:00", ["night"]),
            shift([.saturday, .sunday], "00:00", "24:00", ["weekend"]),
            shift([.monday], "00:00", "08:00", ["weekend"]),
        ])

    private static func shift(_ days: [Weekday], _ from: String, _ to: String, _ contacts: [ContactID]) -> Roster.Shift {
        Roster.Shift(
            days: days, from: TimeOfDay(text: from) ?? TimeOfDay(rawValue: 0), to: TimeOfDay(text: to) ?? TimeOfDay(rawValue: 0),
            contacts: contacts)
    }

    private static func moment(_ text: String) -> LocalMoment { LocalMoment(text: text) ?? LocalMoment(rawValue: 0) }

    private func onDuty(_ text: String, in roster: Roster = roster) -> [ContactID] {
        roster.contactsOnDuty(at: LocalTime.instant(of: Self.moment(text), zone: roster.timeZone))
    }

    @Test(
        "the shift that stands at a moment, in order; ends are half open",
        arguments: [
            // 2026-02-16 is a Monday.
            ("2026-02-16 07:59", ["weekend"]), ("2026-02-16 08:00", ["day", "deputy"]), ("2026-02-16 17:59", ["day", "deputy"]),
            ("2026-02-16 18:00", ["night"]), ("2026-02-17 00:00", ["night"]), ("2026-02-17 07:59", ["night"]),
            ("2026-02-17 08:00", ["day", "deputy"]), ("2026-02-20 23:59", ["night"]), ("2026-02-21 00:00", ["weekend"]),
        ] as [(String, [ContactID])])
    func shifts(moment: String, expected: [ContactID]) {
        #expect(onDuty(moment) == expected)
    }

    @Test("a holiday has shifts of its own, or those of another day; the night that began before it stays")
    func holidays() {
        var roster = Self.roster
        roster.holidays = [
            Roster.Holiday(days: [CalendarDay(text: "2026-02-17") ?? CalendarDay(rawValue: 0)], plan: .like(.sunday)),
            Roster.Holiday(
                days: [CalendarDay(text: "2026-02-18") ?? CalendarDay(rawValue: 0)],
                plan: .shifts([Self.shift([], "09:00", "12:00", ["volunteer"])])),
        ]

        #expect(onDuty("2026-02-17 07:00", in: roster) == ["night", "weekend"])
        #expect(onDuty("2026-02-17 12:00", in: roster) == ["weekend"])
        #expect(onDuty("2026-02-18 08:59", in: roster) == [])
        #expect(onDuty("2026-02-18 09:00", in: roster) == ["volunteer"])
        #expect(onDuty("2026-02-19 09:00", in: roster) == ["day", "deputy"])
    }

    @Test("an override stands instead of everybody, and of two that meet the later one counts")
    func overrides() {
        var roster = Self.roster
        roster.overrides = [
            Roster.Override(from: Self.moment("2026-02-16 12:00"), to: Self.moment("2026-02-17 09:00"), contacts: ["stand-in"]),
            Roster.Override(from: Self.moment("2026-02-16 14:00"), to: Self.moment("2026-02-16 15:00"), contacts: ["other"]),
        ]

        let told = ["11:59", "12:00", "14:00", "15:00"].map { onDuty("2026-02-16 \($0)", in: roster) }

        #expect(told == [["day", "deputy"], ["stand-in"], ["other"], ["stand-in"]])
        #expect(onDuty("2026-02-17 08:59", in: roster) == ["stand-in"])
        #expect(onDuty("2026-02-17 09:00", in: roster) == ["day", "deputy"])
    }

    @Test("two shifts at once name everybody once, in the order of the list")
    func twoAtOnce() {
        let roster = Roster(
            id: "duty", timeZone: "UTC",
            shifts: [
                Self.shift(Weekday.allCases, "00:00", "24:00", ["a", "b"]), Self.shift(Weekday.allCases, "00:00", "24:00", ["b", "c"]),
            ])

        #expect(onDuty("2026-02-17 09:00", in: roster) == ["a", "b", "c"])
    }

    @Test("in the hour that is repeated the shift that has begun goes on; the one before does not come back (promises C4)")
    func repeatedHour() {
        let roster = Roster(
            id: "duty", timeZone: "Europe/Berlin",
            shifts: [
                Self.shift(Weekday.allCases, "12:00", "02:30", ["early"]), Self.shift(Weekday.allCases, "02:30", "12:00", ["late"]),
            ])
        // 2025-10-26 01:00 UTC, when Berlin goes from 03:00 back to 02:00.
        let change: Int64 = 1_761_440_400_000
        let minutes: [Int64] = [-31, -30, -1, 0, 29, 30, 61]

        let told = minutes.map { roster.contactsOnDuty(at: WallTime(change + $0 * 60_000)) }

        #expect(told == [["early"], ["late"], ["late"], ["late"], ["late"], ["late"], ["late"]])
    }

    @Test("in the hour that is left out one shift ends where the next begins; a shift within it does not stand (promises C4)")
    func missingHour() {
        let roster = Roster(
            id: "duty", timeZone: "Europe/Berlin",
            shifts: [
                Self.shift(Weekday.allCases, "12:00", "02:15", ["early"]), Self.shift(Weekday.allCases, "02:15", "02:45", ["short"]),
                Self.shift(Weekday.allCases, "02:45", "12:00", ["late"]),
            ])
        // 2025-03-30 01:00 UTC, when Berlin goes from 02:00 to 03:00.
        let change: Int64 = 1_743_296_400_000

        #expect(roster.contactsOnDuty(at: WallTime(change - 1)) == ["early"])
        #expect(roster.contactsOnDuty(at: WallTime(change)) == ["late"])
    }

    @Test("a gap is found with its end; somebody who is not registered fills none")
    func gaps() {
        var roster = Self.roster
        let friday = LocalTime.instant(of: Self.moment("2026-02-20 12:00"), zone: roster.timeZone)
        let complete = roster.gap(from: friday) { _ in true }
        let withoutWeekend = roster.gap(from: friday) { $0 != "weekend" }
        roster.shifts.removeAll { $0.contacts == ["night"] }
        let withoutNights = roster.gap(from: friday) { _ in true }
        let nobody = roster.gap(from: friday) { _ in false }

        func instant(_ text: String) -> WallTime { LocalTime.instant(of: Self.moment(text), zone: roster.timeZone) }
        #expect(complete == nil)
        #expect(withoutWeekend == RosterGap(from: instant("2026-02-21 00:00"), until: instant("2026-02-23 08:00")))
        #expect(withoutNights == RosterGap(from: instant("2026-02-20 18:00"), until: instant("2026-02-21 00:00")))
        #expect(nobody == RosterGap(from: friday, until: nil))
    }
}
