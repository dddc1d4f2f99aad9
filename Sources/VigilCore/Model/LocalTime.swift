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

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
