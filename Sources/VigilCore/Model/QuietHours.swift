/// A stretch of each day in which somebody wants to hear of emergencies only.
public struct QuietHours: Hashable, Codable, Sendable {
    public var from: TimeOfDay
    /// On the next day where it is not later than `from`.
    public var to: TimeOfDay
    /// IANA name; nil for the zone of the configuration.
    public var timeZone: String?

    public init(from: TimeOfDay, to: TimeOfDay, timeZone: String? = nil) {
        self.from = from
        self.to = to
        self.timeZone = timeZone
    }

    /// When the quiet that holds at an instant ends; nil when it does not.
    ///
    /// - Parameter fallback: the zone where they name none.
    func end(at time: WallTime, zone fallback: String) -> WallTime? {
        let zone = timeZone ?? fallback
        let today = LocalTime.moment(at: time, zone: zone).day
        // Yesterday's may last into today; a clock set back at midnight shows yesterday once more.
        return (-1...1).lazy.map { day in
            let begin = LocalMoment(today + day, minutes: from.rawValue)
            let end = LocalMoment(rawValue: begin.rawValue + from.minutes(until: to))
            return (LocalTime.instant(of: begin, zone: zone), LocalTime.instant(of: end, zone: zone))
        }.first { $0.0 <= time && time < $0.1 }?.1
    }
}
