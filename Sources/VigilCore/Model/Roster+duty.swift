extension Roster {
    /// So far a roster is looked through for gaps: a whole week, and a day that a holiday may shift.
    static let horizon = Milliseconds.hours(8 * 24)

    /// Who stands at an instant, in order and each once.
    func contactsOnDuty(at time: WallTime) -> [ContactID] { plan(around: time, days: 1).contacts(at: time) }

    /// The first stretch within the horizon in which nobody stands.
    ///
    /// - Parameter isKnown: whether there is such a person; somebody who left does not fill a shift.
    func gap(from time: WallTime, isKnown: (ContactID) -> Bool) -> RosterGap? {
        let end = WallTime(saturatingSum(time.rawValue, Self.horizon.rawValue))
        let plan = plan(around: time, days: 9)
        func isEmpty(_ time: WallTime) -> Bool { !plan.contacts(at: time).contains(where: isKnown) }
        let edges = [time] + plan.edges(after: time, until: end)
        guard let first = edges.firstIndex(where: isEmpty) else { return nil }
        return RosterGap(from: edges[first], until: edges[first...].first { !isEmpty($0) })
    }

    private func plan(around time: WallTime, days: Int) -> DutyPlan {
        DutyPlan(self, from: LocalTime.moment(at: time, zone: timeZone).day, days: days)
    }
}
