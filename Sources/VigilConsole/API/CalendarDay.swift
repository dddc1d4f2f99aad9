internal import FoundationEssentials
internal import VigilCore

/// A day as people write it: `2026-11-22`.
public struct CalendarDay: Hashable, Comparable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// nil for anything else, and for a day that no calendar has.
    public init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), year >= 1970
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        let components = DateComponents(year: year, month: month, day: day)
        guard components.isValidDate(in: Self.calendar(.gmt)) else { return nil }
    }

    /// As it was read.
    public var text: String {
        let parts = [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return ([String(year)] + parts).joined(separator: "-")
    }

    public static func < (a: Self, b: Self) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

    /// The first moment of the day, or of one that comes some days later, in a zone; where the clocks change at midnight, the first that there is.
    func start(zone name: String, plus days: Int = 0) -> WallTime {
        let calendar = Self.calendar(TimeZone(identifier: name) ?? .gmt)
        // A valid day has a noon in every zone.
        let noon =
            calendar.date(from: DateComponents(year: year, month: month, day: day + days, hour: 12)) ?? Date(timeIntervalSince1970: 0)
        return WallTime(Int64(calendar.startOfDay(for: noon).timeIntervalSince1970 * 1000))
    }

    private static func calendar(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }
}
