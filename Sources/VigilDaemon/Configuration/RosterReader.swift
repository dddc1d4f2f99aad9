import VigilCore

/// Reads one entry of `rosters`.
struct RosterReader {
    /// Where its contacts are named, by path: the registry knows them, and is looked at later.
    private(set) var places: [String: Setting.Mark] = [:]
    private var holidays: Set<CalendarDay> = []

    /// - Parameter timeZone: where the roster names none.
    mutating func read(_ reader: inout SettingsReader, timeZone: String) -> Roster {
        let id = reader.identifier("id", "a name of your own, such as grid-duty") ?? ""
        let zone = reader.timeZone("time_zone") ?? timeZone
        let shifts = reader.readers("shifts").map { readShift($0, hasDays: true) }
        if shifts.isEmpty {
            let message = "nobody ever stands in this roster; write shifts: [{from: \"08:00\", to: \"20:00\", contacts: [ID]}]"
            reader.fault(at: reader.mark(of: "shifts"), key: "shifts", message)
        }
        let roster = Roster(
            id: RosterID(id), timeZone: zone, shifts: shifts, holidays: reader.readers("holidays").map { readHoliday($0) },
            overrides: reader.readers("overrides").map { readOverride($0) })
        reader.finish()
        return roster
    }

    private mutating func readShift(_ entry: SettingsReader, hasDays: Bool) -> Roster.Shift {
        var reader = entry
        let midnight = TimeOfDay(rawValue: 0)
        let shift = Roster.Shift(
            days: hasDays ? reader.weekdays("days") : Weekday.allCases, from: reader.requiredTimeOfDay("from") ?? midnight,
            to: reader.requiredTimeOfDay("to") ?? midnight, contacts: readContacts(&reader))
        reader.finish()
        return shift
    }

    private mutating func readHoliday(_ entry: SettingsReader) -> Roster.Holiday {
        var reader = entry
        if reader.setting("dates") == nil {
            reader.fault(at: nil, key: nil, "\"dates\" is missing; write dates: [2026-02-17]")
        }
        let days = reader.days("dates")
        for (day, key, mark) in days where !holidays.insert(day).inserted {
            reader.fault(at: mark, key: key, "\(day.text) is a holiday of this roster already; keep one of them")
        }
        let hasReference = reader.setting("like") != nil
        let reference = reader.choice("like", Weekday.self)
        let own = reader.readers("shifts").map { readShift($0, hasDays: false) }
        if hasReference != own.isEmpty {
            reader.fault(at: nil, key: nil, "write either shifts: of its own, or like: sun for those of another day")
        }
        reader.finish()
        return Roster.Holiday(days: days.map(\.day), plan: reference.map { .like($0) } ?? .shifts(own))
    }

    private mutating func readOverride(_ entry: SettingsReader) -> Roster.Override {
        var reader = entry
        let from = reader.requiredMoment("from")
        let to = reader.requiredMoment("to")
        if let from, let to, to <= from {
            let message = "\(to.text) is not later than \(from.text), so nobody would ever stand in; write a later moment"
            reader.fault(at: reader.mark(of: "to"), key: "to", message)
        }
        let contacts = readContacts(&reader)
        reader.finish()
        let start = LocalMoment(rawValue: 0)
        return Roster.Override(from: from ?? start, to: to ?? start, contacts: contacts)
    }

    private mutating func readContacts(_ reader: inout SettingsReader) -> [ContactID] {
        let names = reader.texts("contacts")
        if names.isEmpty {
            let message = "names nobody; write contacts: [ID] with ids of the registry, in the order in which they are told"
            reader.fault(at: reader.mark(of: "contacts"), key: "contacts", message)
        }
        for (index, name) in names.enumerated() {
            let key = "contacts[\(index)]"
            places[reader.joined(key)] = name.mark
            if names.prefix(index).contains(where: { $0.text == name.text }) {
                reader.fault(at: name.mark, key: key, "\(SettingFault.quoted(name.text)) stands here twice; keep one of them")
            }
        }
        return names.map { ContactID($0.text) }
    }
}
