/// A time on the wall in whole minutes, of no particular day: `22:00`. `24:00` is the end of the day.
public struct TimeOfDay: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    /// Minutes after midnight.
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let minutesOfDay = 1440

    /// `HH:MM`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Digits.number(parts[0], 1...2), let minute = Digits.number(parts[1], 2...2), minute < 60,
            hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        rawValue = hour * 60 + minute
    }

    public var text: String { "\(Digits.two(rawValue / 60)):\(Digits.two(rawValue % 60))" }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Minutes from this time to another one, past midnight where it is not later: the same time is a whole day away.
    func minutes(until end: TimeOfDay) -> Int {
        let length = (end.rawValue - rawValue) % Self.minutesOfDay
        return length > 0 ? length : length + Self.minutesOfDay
    }
}
