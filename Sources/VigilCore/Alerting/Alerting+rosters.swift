// Gaps in duty rosters, told of before anybody is missed (`alert-lifecycle.md`, section 5).

extension Alerting {
    /// The registry, the rules or the wall changed: who stands when, and whose night it is.
    mutating func lookAround(_ context: Context, into effects: inout [Effect]) {
        reconsiderQuiet(context, into: &effects)
        lookAtRosters(context, into: &effects)
    }

    mutating func lookAtRosters(_ context: Context, into effects: inout [Effect]) {
        take(rosterWatch.look(view(context)), context, into: &effects)
    }

    mutating func resumeRosters(_ context: Context, into effects: inout [Effect]) {
        take(rosterWatch.begin(view(context)), context, into: &effects)
    }

    private mutating func take(_ findings: [Finding], _ context: Context, into effects: inout [Effect]) {
        for finding in findings { find(finding, context, into: &effects) }
    }

    private func view(_ context: Context) -> RosterWatch.View {
        let book = book
        return RosterWatch.View(rosters: rules.rosters, contacts: context.household.contacts, clock: context.clock, now: context.now) {
            roster in
            book.latest(RosterWatch.key(roster)).map { $0.isOpen && $0.condition != .cleared } ?? false
        }
    }
}
