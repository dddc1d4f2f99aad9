/// How the shifts of a roster fit together on the wall, minute by minute: what a configuration is warned of.
///
/// Nominal times only: what clocks do twice a year changes nothing here (`LocalTime.instant`).
public struct RosterCoverage {
    private static let week = 7 * TimeOfDay.minutesOfDay

    private let roster: Roster
    /// How many shifts stand in each minute of the week, from Monday on.
    private let counts: [Int]

    public init(_ roster: Roster) {
        self.roster = roster
        var counts = [Int](repeating: 0, count: Self.week)
        for (begin, minutes) in roster.shifts.flatMap(Self.beginnings) {
            for minute in begin..<begin + minutes { counts[minute % Self.week] += 1 }
        }
        self.counts = counts
    }

    private static func beginnings(_ shift: Roster.Shift) -> [(begin: Int, minutes: Int)] {
        Weekday.allCases.filter { shift.days.contains($0) }.map {
            ($0.index * TimeOfDay.minutesOfDay + shift.from.rawValue, shift.minutes)
        }
    }

    // MARK: The week

    /// When nobody stands: `mon 18:00 to tue 08:00`.
    public var holes: [String] {
        guard let covered = counts.firstIndex(where: { $0 > 0 }) else { return ["mon 00:00 to mon 00:00"] }
        // From a minute that is covered on, so that a hole over the end of the week is one hole.
        let runs = Self.runs(Self.week) { counts[($0 + covered) % Self.week] == 0 }
        return runs.map { run in (run.lowerBound + covered) % Self.week..<(run.lowerBound + covered) % Self.week + run.count }
            .sorted { $0.lowerBound < $1.lowerBound }.map(Self.text)
    }

    /// Shifts that stand at once, by their places in the list, with the first time in the week at which they do.
    public var overlaps: [(first: Int, second: Int, when: String)] {
        roster.shifts.indices.flatMap { second in
            (0..<second).compactMap { first in
                overlap(roster.shifts[first], roster.shifts[second]).map { (first, second, Self.text($0)) }
            }
        }
    }

    private func overlap(_ a: Roster.Shift, _ b: Roster.Shift) -> Range<Int>? {
        let meetings = Self.beginnings(a).flatMap { one in Self.beginnings(b).compactMap { Self.meeting(one, $0) } }
        return meetings.min { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    private static func meeting(_ a: (begin: Int, minutes: Int), _ b: (begin: Int, minutes: Int)) -> Range<Int>? {
        let later = (b.begin - a.begin + week) % week
        if later < a.minutes { return b.begin..<b.begin + min(b.minutes, a.minutes - later) }
        let earlier = (a.begin - b.begin + week) % week
        return earlier < b.minutes ? a.begin..<a.begin + min(a.minutes, b.minutes - earlier) : nil
    }

    private static func text(_ stretch: Range<Int>) -> String { "\(text(stretch.lowerBound)) to \(text(stretch.upperBound))" }

    private static func text(_ minute: Int) -> String {
        let (day, time) = (minute % week).quotientAndRemainder(dividingBy: TimeOfDay.minutesOfDay)
        return "\(Weekday.allCases[day].rawValue) \(TimeOfDay(rawValue: time).text)"
    }

    // MARK: Holidays

    /// What a holiday changes for the worse, on its day and the night after it.
    public struct HolidayFault: Hashable, Sendable {
        public enum Kind: Hashable, Sendable {
            case hole, overlap
        }

        public let kind: Kind
        public let day: CalendarDay
        /// `2026-02-17 08:00 to 2026-02-18 08:00`.
        public let when: String
    }

    public var holidayFaults: [HolidayFault] {
        let days = Set(roster.holidays.flatMap(\.days)).sorted()
        return days.flatMap { day in faults(on: day, isLast: !days.contains(day + 1)) }
    }

    /// - Parameter isLast: the day after it is an ordinary one, and nobody else looks at what the holiday leaves there.
    private func faults(on day: CalendarDay, isLast: Bool) -> [HolidayFault] {
        let minutes = isLast ? 2 * TimeOfDay.minutesOfDay : TimeOfDay.minutesOfDay
        var actual = [Int](repeating: 0, count: minutes)
        for offset in -1...1 {
            for shift in roster.shifts(on: day + offset) {
                let begin = offset * TimeOfDay.minutesOfDay + shift.from.rawValue
                let end = min(begin + shift.minutes, minutes)
                for minute in max(0, begin)..<max(0, begin, end) { actual[minute] += 1 }
            }
        }
        let monday = day.weekday.index * TimeOfDay.minutesOfDay
        func usual(_ minute: Int) -> Int { counts[(monday + minute) % Self.week] }
        func fault(_ kind: HolidayFault.Kind, _ run: Range<Int>) -> HolidayFault {
            let (begin, end) = (LocalMoment(day, minutes: run.lowerBound), LocalMoment(day, minutes: run.upperBound))
            return HolidayFault(kind: kind, day: day, when: "\(begin.text) to \(end.text)")
        }
        return Self.runs(minutes) { actual[$0] == 0 && usual($0) > 0 }.map { fault(.hole, $0) }
            + Self.runs(minutes) { actual[$0] > 1 && usual($0) < 2 }.map { fault(.overlap, $0) }
    }

    private static func runs(_ count: Int, where isIn: (Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in 0..<count where isIn(index) {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
