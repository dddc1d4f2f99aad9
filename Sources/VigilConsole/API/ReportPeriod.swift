public import VigilCore

/// Over which time a report is asked for.
public enum ReportPeriod: Hashable, Sendable {
    /// The last ones, each of 24 hours, up to now.
    case lastDays(Int)
    /// Both days whole, by the clock of the configuration; up to now where there is no second one.
    case days(CalendarDay, through: CalendarDay?)

    public static let dayCount = 1...3660
    public static let usual = ReportPeriod.lastDays(7)

    /// From the first moment up to, and without, the last.
    public func range(now: WallTime, timeZone: String) -> Range<WallTime> {
        switch self {
        case .lastDays(let count): return WallTime(now.rawValue - Int64(count) * 86_400_000)..<now
        case .days(let first, let last):
            let start = first.start(zone: timeZone)
            return start..<max(start, (last.map { $0 + 1 })?.start(zone: timeZone) ?? now)
        }
    }
}
