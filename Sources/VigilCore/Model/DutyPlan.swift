/// Some days of a roster on the one line of time, where every shift has its instants.
///
/// Intervals are half open. Shifts that touch on the wall touch here too, whatever the clocks of the zone do (`LocalTime.instant`).
struct DutyPlan: Sendable {
    private struct Duty: Sendable {
        let from: WallTime
        let until: WallTime
        let contacts: [ContactID]

        func contains(_ time: WallTime) -> Bool { from <= time && time < until }
    }

    private let shifts: [Duty]
    private let overrides: [Duty]

    /// - Parameter days: those whose shifts are asked about, from the first one on.
    init(_ roster: Roster, from first: CalendarDay, days: Int) {
        func instant(_ moment: LocalMoment) -> WallTime { LocalTime.instant(of: moment, zone: roster.timeZone) }
        // A shift of the day before may last into the first one, and a clock set back at midnight shows yesterday once more.
        shifts = (-1...days).map { first + $0 }.flatMap { day in
            roster.shifts(on: day).map { shift in
                let begin = LocalMoment(day, minutes: shift.from.rawValue)
                let end = LocalMoment(rawValue: begin.rawValue + shift.minutes)
                return Duty(from: instant(begin), until: instant(end), contacts: shift.contacts)
            }
        }
        overrides = roster.overrides.map { Duty(from: instant($0.from), until: instant($0.to), contacts: $0.contacts) }
    }

    /// Who stands, in order and each once.
    func contacts(at time: WallTime) -> [ContactID] {
        if let override = overrides.last(where: { $0.contains(time) }) { return override.contacts }
        var seen: Set<ContactID> = []
        return shifts.filter { $0.contains(time) }.flatMap(\.contacts).filter { seen.insert($0).inserted }
    }

    /// When somebody comes or goes, after one instant and until another, in order.
    func edges(after start: WallTime, until end: WallTime) -> [WallTime] {
        Set((shifts + overrides).flatMap { [$0.from, $0.until] }).filter { start < $0 && $0 <= end }.sorted()
    }
}
