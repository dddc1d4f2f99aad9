import Foundation
import VigilCore

/// Times as a clock on the wall of the community shows them, with its offset: whoever reads may sit elsewhere.
struct LocalClock {
    /// What can be shown: 1970 to 9999.
    private static let range = WallTime(0)...WallTime(253_402_300_799_999)

    let zone: TimeZone

    /// - Parameter name: the time zone of the configuration, as the daemon tells it; UTC where this machine does not know it.
    init(zone name: String) { zone = TimeZone(identifier: name) ?? .gmt }

    static var now: WallTime { WallTime(Int64(Date().timeIntervalSince1970 * 1000)) }

    /// `2026-11-22 14:02:07+08:00`.
    func text(_ time: WallTime) -> String { Self.range.contains(time) ? "\(day(time)) \(clock(time))" : "?" }

    /// `14:02:07+08:00`, and the day before it where that is not today.
    func short(_ time: WallTime, now: WallTime) -> String {
        guard Self.range.contains(time) else { return "?" }
        return day(time) == day(now) ? clock(time) : "\(day(time).dropFirst(5)) \(clock(time))"
    }

    /// `2026-11-22 14:02`.
    func minute(_ time: WallTime) -> String {
        guard Self.range.contains(time) else { return "?" }
        return "\(day(time)) \(clock(time).prefix(5))"
    }

    /// `2026-11-22`.
    func day(_ time: WallTime) -> String {
        guard Self.range.contains(time) else { return "?" }
        return date(time).formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
    }

    /// In the form of the alert log.
    private func clock(_ time: WallTime) -> String {
        date(time).formatted(
            Date.ISO8601FormatStyle(timeZone: zone).time(includingFractionalSeconds: false).timeZone(separator: .colon))
    }

    private func date(_ time: WallTime) -> Date { Date(timeIntervalSince1970: Double(time.rawValue / 1000)) }
}

// Lengths of time are the same in every zone.

extension LocalClock {
    /// `45s`, `12m`, `3h 05m`, `2d 4h`: as exact as anybody needs.
    static func age(of time: WallTime, now: WallTime) -> String {
        let seconds = max(0, (now.rawValue - time.rawValue) / 1000)
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400:
            let minutes = seconds / 60 % 60
            return "\(seconds / 3600)h \(minutes < 10 ? "0" : "")\(minutes)m"
        default: return "\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }

    /// How long until then, in whole seconds, rounded up: `3m`, `90s`.
    static func wait(until time: WallTime, now: WallTime) -> String {
        Milliseconds.seconds(max(0, (time.rawValue - now.rawValue + 999) / 1000)).text
    }
}
