public typealias RosterID = Identifier<Roster>

/// Who answers when: a week of shifts, the days that are different, and what was changed by hand. Data, not code.
public struct Roster: Hashable, Codable, Sendable {
    /// A shift belongs to the day on which it begins, and ends on the next one where `to` is not later than `from`.
    public struct Shift: Hashable, Codable, Sendable {
        /// The days on which it begins; a holiday's own shifts stand on each of its days, whatever is written here.
        public var days: [Weekday]
        public var from: TimeOfDay
        public var to: TimeOfDay
        /// In the order in which they are told.
        public var contacts: [ContactID]

        public init(days: [Weekday] = Weekday.allCases, from: TimeOfDay, to: TimeOfDay, contacts: [ContactID]) {
            self.days = days
            self.from = from
            self.to = to
            self.contacts = contacts
        }

        var minutes: Int { from.minutes(until: to) }
    }

    /// Days on which other shifts begin than the week says.
    public struct Holiday: Hashable, Codable, Sendable {
        public enum Plan: Hashable, Codable, Sendable {
            case shifts([Shift])
            /// As on this day of the week: a public holiday like a Sunday, a working Saturday like a Monday.
            case like(Weekday)
        }

        public var days: [CalendarDay]
        public var plan: Plan

        public init(days: [CalendarDay], plan: Plan) {
            self.days = days
            self.plan = plan
        }
    }

    /// Other people from one moment to another, whatever shifts there are. Of two that meet the later in the list counts.
    public struct Override: Hashable, Codable, Sendable {
        public var from: LocalMoment
        public var to: LocalMoment
        public var contacts: [ContactID]

        public init(from: LocalMoment, to: LocalMoment, contacts: [ContactID]) {
            self.from = from
            self.to = to
            self.contacts = contacts
        }
    }

    public var id: RosterID
    /// IANA name: the wall that all times here are read from.
    public var timeZone: String
    public var shifts: [Shift]
    public var holidays: [Holiday]
    public var overrides: [Override]

    public init(id: RosterID, timeZone: String, shifts: [Shift], holidays: [Holiday] = [], overrides: [Override] = []) {
        self.id = id
        self.timeZone = timeZone
        self.shifts = shifts
        self.holidays = holidays
        self.overrides = overrides
    }

    /// The shifts that begin on a day.
    func shifts(on day: CalendarDay) -> [Shift] {
        switch holidays.first(where: { $0.days.contains(day) })?.plan {
        case .shifts(let own): own
        case .like(let weekday): shifts.filter { $0.days.contains(weekday) }
        case nil: shifts.filter { $0.days.contains(day.weekday) }
        }
    }
}
