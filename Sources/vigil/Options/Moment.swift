import ArgumentParser
import Glibc
import VigilCore

/// A time that somebody types, by this machine's clock and zone: `2h` from now, `18:00` the next time that it is, `2026-12-01 18:00`.
struct Moment: ExpressibleByArgument {
    let time: WallTime

    init?(argument: String) { self.init(argument, now: LocalClock.now) }

    init?(_ text: String, now: WallTime) {
        if let length = Milliseconds(text: text) {
            time = WallTime(now.rawValue + min(length.rawValue, Self.farthest))
            return
        }
        guard let found = Self.day(text) ?? Self.clock(text, now: now) else { return nil }
        time = found
    }

    // Further than anybody plans, and nothing overflows.
    private static let farthest: Int64 = 100 * 366 * 86_400_000

    private static func day(_ text: String) -> WallTime? {
        guard let found = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)/)?.output,
            let year = Int32(found.1), let month = Int32(found.2), let day = Int32(found.3), let hour = Int32(found.4),
            let minute = Int32(found.5)
        else { return nil }
        var parts = tm()
        parts.tm_year = year - 1900
        parts.tm_mon = month - 1
        parts.tm_mday = day
        parts.tm_hour = hour
        parts.tm_min = minute
        let time = time(of: &parts)
        // A thirtieth of February is a slip of the pen, not the second of March.
        return parts.tm_mon == month - 1 && parts.tm_mday == day && minute < 60 && hour < 24 ? time : nil
    }

    private static func clock(_ text: String, now: WallTime) -> WallTime? {
        var seconds = time_t(now.rawValue / 1000)
        var parts = tm()
        guard let found = text.wholeMatch(of: /(\d?\d):(\d\d)/)?.output, let hour = Int32(found.1), let minute = Int32(found.2),
            hour < 24, minute < 60, localtime_r(&seconds, &parts) != nil
        else { return nil }
        parts.tm_hour = hour
        parts.tm_min = minute
        parts.tm_sec = 0
        guard let today = time(of: &parts) else { return nil }
        if today > now { return today }
        parts.tm_mday += 1
        return time(of: &parts)
    }

    private static func time(of parts: inout tm) -> WallTime? {
        // Whether summer time holds is the zone's to know.
        parts.tm_isdst = -1
        let seconds = mktime(&parts)
        return seconds == -1 ? nil : WallTime(Int64(seconds) * 1000)
    }
}
