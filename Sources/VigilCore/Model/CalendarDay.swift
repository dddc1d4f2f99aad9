/// A day of the calendar, in no zone: `2026-02-17`.
public struct CalendarDay: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    /// Days after 1970-01-01.
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `YYYY-MM-DD`; nil for anything else, and for days that no calendar has.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Digits.number(parts[0], 4...4), let month = Digits.number(parts[1], 2...2),
            let day = Digits.number(parts[2], 2...2), let number = LocalTime.dayNumber(year, month, day)
        else { return nil }
        rawValue = number
    }

    public var text: String {
        let (year, month, day) = LocalTime.date(ofDay: rawValue)
        return "\(year)-\(Digits.two(month))-\(Digits.two(day))"
    }

    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let index = (rawValue % 7 + 7 + Weekday.thursday.index) % 7
        return Weekday.allCases[index]
    }

    /// The first instant of the day in a zone; where the clocks change at midnight, the first that there is.
    public func start(zone: String) -> WallTime { LocalTime.instant(of: LocalMoment(self, minutes: 0), zone: zone) }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public static func + (day: Self, count: Int) -> Self { Self(rawValue: day.rawValue + count) }
}
