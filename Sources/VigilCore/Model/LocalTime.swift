import Foundation

/// Calendar arithmetic: the one file of the core that may ask Foundation, and only about a given instant in a given zone.
enum LocalTime {
    /// `14:02` on the wall of the zone; UTC where the zone is unknown.
    static func hoursAndMinutes(_ time: WallTime, zone: String) -> String {
        let seconds = Int(clamping: time.rawValue / 1000)
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        let offset = TimeZone(identifier: zone)?.secondsFromGMT(for: date) ?? 0
        let (local, overflow) = seconds.addingReportingOverflow(offset)
        let day = ((overflow ? 0 : local) % 86_400 + 86_400) % 86_400
        return twoDigits(day / 3600) + ":" + twoDigits(day / 60 % 60)
    }

    /// `14:02`, and `11-21 14:02` where that is another day than the one it is seen from.
    static func hoursAndMinutes(_ time: WallTime, zone: String, seenFrom now: WallTime) -> String {
        let clock = hoursAndMinutes(time, zone: zone)
        let (then, today) = (date(time, zone: zone), date(now, zone: zone))
        guard then != today, let month = then.month, let day = then.day else { return clock }
        return "\(twoDigits(month))-\(twoDigits(day)) \(clock)"
    }

    private static func date(_ time: WallTime, zone: String) -> DateComponents {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
        return calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: TimeInterval(time.rawValue / 1000)))
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
