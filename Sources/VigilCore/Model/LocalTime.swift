import Foundation

/// Calendar arithmetic: the one file of the core that may ask Foundation, and only about a given instant in a given zone.
enum LocalTime {
    private static let day = 86_400

    /// `14:02` on the wall of the zone; UTC where the zone is unknown.
    static func hoursAndMinutes(_ time: WallTime, zone: String) -> String { moment(at: time, zone: zone).time.text }

    /// What the wall of the zone shows; UTC where the zone is unknown.
    static func moment(at time: WallTime, zone: String) -> LocalMoment {
        let seconds = Int(clamping: time.rawValue / 1000 - (time.rawValue % 1000 < 0 ? 1 : 0))
        let local = seconds + offset(seconds, TimeZone(identifier: zone))
        return LocalMoment(rawValue: local / 60 - (local % 60 < 0 ? 1 : 0))
    }

    /// `14:02`, and `11-21 14:02` where that is another day than the one it is seen from.
    static func hoursAndMinutes(_ time: WallTime, zone: String, seenFrom now: WallTime) -> String {
        let then = moment(at: time, zone: zone)
        guard then.day != moment(at: now, zone: zone).day else { return then.time.text }
        return "\(then.day.text.suffix(5)) \(then.time.text)"
    }

    /// The first instant at which the wall of the zone shows the moment, or one after it.
    ///
    /// So the hour that a clock repeats counts once, at its first turn, and the hour that it leaves out shrinks to the instant of the jump. A later
    /// moment is never an earlier instant: shifts that touch on the wall touch in time.
    static func instant(of moment: LocalMoment, zone name: String) -> WallTime {
        let zone = TimeZone(identifier: name)
        let local = moment.rawValue * 60
        let before = offset(local - day, zone)
        let after = offset(local + day, zone)
        let early = local - before
        if offset(early, zone) == before { return wall(early) }
        let late = local - after
        return wall(offset(late, zone) == after ? late : jump(after: late, until: early, from: before, zone))
    }

    /// The first second at which the zone has left an offset.
    private static func jump(after: Int, until: Int, from offset: Int, _ zone: TimeZone?) -> Int {
        var (stillBefore, already) = (after, until)
        while already - stillBefore > 1 {
            let middle = stillBefore + (already - stillBefore) / 2
            if self.offset(middle, zone) == offset { stillBefore = middle } else { already = middle }
        }
        return already
    }

    private static func offset(_ seconds: Int, _ zone: TimeZone?) -> Int {
        zone?.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))) ?? 0
    }

    private static func wall(_ seconds: Int) -> WallTime {
        let (milliseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1000)
        return WallTime(overflow ? (seconds < 0 ? .min : .max) : milliseconds)
    }

    // MARK: The civil calendar (Howard Hinnant, "chrono-compatible low-level date algorithms")

    /// Days after 1970-01-01; nil for a date that there is not.
    static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return date(ofDay: number) == (year, month, day) ? number : nil
    }

    static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civil = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}
