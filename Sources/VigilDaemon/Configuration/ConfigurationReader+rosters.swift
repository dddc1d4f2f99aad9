import VigilCore

extension ConfigurationReader {
    /// One entry of `rosters`, with where it stands.
    struct RosterEntry {
        var roster: Roster
        var reader: SettingsReader
        /// Where its contacts are named, by path.
        var places: [String: Setting.Mark]
        /// When nobody stands in its week.
        var holes: [String] = []
    }

    /// - Parameter timeZone: of rosters that name none.
    func readRosters(_ top: inout SettingsReader, timeZone: String) -> [RosterEntry] {
        let entries = top.readers("rosters").map { readRoster($0, timeZone) }
        refuseDuplicates(entries.map { ($0.roster.id.rawValue, $0.reader) }, "roster")
        return entries
    }

    /// Where the rosters name people of the registry.
    func places(of rosters: [RosterEntry]) -> [String: Setting.Mark] {
        rosters.reduce(into: [:]) { $0.merge($1.places) { first, _ in first } }
    }

    private func readRoster(_ entry: SettingsReader, _ timeZone: String) -> RosterEntry {
        var reader = entry
        var rosterReader = RosterReader()
        let before = faults.faults.count
        let roster = rosterReader.read(&reader, timeZone: timeZone)
        var result = RosterEntry(roster: roster, reader: reader, places: rosterReader.places)
        // What could not be read would look like a hole.
        guard faults.faults.count == before else { return result }
        let coverage = RosterCoverage(roster)
        result.holes = coverage.holes
        warn(of: coverage, reader)
        return result
    }

    private func warn(of coverage: RosterCoverage, _ roster: SettingsReader) {
        var roster = roster
        if !coverage.holes.isEmpty {
            let message = "nobody stands \(Self.list(coverage.holes)); lengthen a shift, or add one"
            roster.fault(at: roster.mark(of: "shifts"), key: "shifts", message, weight: .warning)
        }
        let shifts = roster.readers("shifts")
        for (first, second, when) in coverage.overlaps where shifts.indices.contains(second) {
            let message =
                "stands together with shifts[\(first)] from \(when); let one end where the other begins, or name both people in one shift"
            shifts[second].fault(at: nil, key: nil, message, weight: .warning)
        }
        warn(of: coverage.holidayFaults, roster.readers("holidays"))
    }

    private func warn(of found: [RosterCoverage.HolidayFault], _ holidays: [SettingsReader]) {
        for entry in holidays {
            var holiday = entry
            for (day, key, mark) in holiday.days("dates") {
                let holes = found.filter { $0.day == day && $0.kind == .hole }.map(\.when)
                let overlaps = found.filter { $0.day == day && $0.kind == .overlap }.map(\.when)
                if !holes.isEmpty {
                    let message = "nobody stands \(Self.list(holes)); lengthen a shift of this holiday, or add one"
                    holiday.fault(at: mark, key: key, message, weight: .warning)
                }
                if !overlaps.isEmpty {
                    let message = "two shifts stand \(Self.list(overlaps)); let one end where the other begins"
                    holiday.fault(at: mark, key: key, message, weight: .warning)
                }
            }
        }
    }

    /// `from mon 18:00 to tue 08:00, from tue 18:00 to wed 08:00`.
    static func list(_ stretches: [String]) -> String { stretches.map { "from \($0)" }.joined(separator: ", ") }

    /// What rosters and policies promise each other.
    func crossCheck(_ rosters: [RosterEntry], _ policies: [Policy]) {
        let used = Set(policies.flatMap(\.policy.steps).flatMap(\.notify))
        for entry in rosters where !used.contains(.roster(entry.roster.id)) {
            let message = "no step of a policy names this roster; write roster:\(entry.roster.id) into one, or remove it"
            entry.reader.fault(at: entry.reader.mark(of: "id"), key: nil, message, weight: .warning)
        }
        for policy in policies {
            guard let last = policy.policy.steps.last?.notify, !last.isEmpty else { continue }
            let holes = last.map { recipient in rosters.first { .roster($0.roster.id) == recipient }?.holes ?? [] }
            guard let first = holes.first, !holes.contains(where: \.isEmpty) else { continue }
            let message =
                "the last step tells only whom a roster names, and nobody stands in it \(Self.list(first)); "
                + "name a role or contact:ID as well, or fill the roster"
            policy.reader.fault(at: policy.reader.mark(of: "steps"), key: "steps[\(policy.policy.steps.count - 1)].notify", message)
        }
    }
}
