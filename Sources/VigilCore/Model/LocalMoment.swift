/// A day and a time as the wall of some zone shows them: `2026-02-17 08:00`. Which instant that is only the zone knows.
public struct LocalMoment: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    /// Minutes after 1970-01-01 00:00 on the same wall.
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// - Parameter minutes: after the day's midnight; more than a day leads into the next.
    public init(_ day: CalendarDay, minutes: Int) { rawValue = day.rawValue * TimeOfDay.minutesOfDay + minutes }

    /// `YYYY-MM-DD HH:MM`, also with a `T` between; nil for anything else.
    public init?(text: String) {
        guard let separator = text.firstIndex(where: { $0 == " " || $0 == "T" }),
            let day = CalendarDay(text: String(text[..<separator])),
            let time = TimeOfDay(text: String(text[text.index(after: separator)...]))
        else { return nil }
        self.init(day, minutes: time.rawValue)
    }

    /// What the wall of a zone shows; UTC where the zone is unknown.
    public init(at time: WallTime, zone: String) { self = LocalTime.moment(at: time, zone: zone) }

    /// The first instant at which the wall of a zone shows it, or one after it where clocks are put forward.
    public func instant(zone: String) -> WallTime { LocalTime.instant(of: self, zone: zone) }

    public var day: CalendarDay {
        let (quotient, rest) = rawValue.quotientAndRemainder(dividingBy: TimeOfDay.minutesOfDay)
        return CalendarDay(rawValue: rest < 0 ? quotient - 1 : quotient)
    }

    public var time: TimeOfDay { TimeOfDay(rawValue: rawValue - day.rawValue * TimeOfDay.minutesOfDay) }

    public var text: String { "\(day.text) \(time.text)" }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
