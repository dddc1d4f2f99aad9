/// Names set-ups that are valid and dangerous.
public enum SetupLint {
    /// What `vigil check` warns of as well: no people are needed to see it.
    private static let ofPolicies: [SetupCheck] = [
        .firstStepWaits, .redNotRepeated, .redRepeatsSlowly, .longLease, .redNeverCloses, .lateLastStep, .oneStep, .unusedPolicy,
    ]

    /// What is a matter of judgement, or shows only with the people and places that it is for.
    private static let ofSetups: [SetupCheck] = [
        .shortAttendingLease, .noReopening, .capBelowRepeats, .longAbsence, .lonePerson, .samePeopleAgain, .noFamily, .noSecondOfficer,
        .rosterOfOne, .oneWayToReach, .oneChannelForAll, .sharedAddress, .everybodySleeps, .ruleForNobody, .noDevice, .noLiveness,
        .namelessKind, .noHeartbeat, .silentSite, .unacknowledgedAction,
    ]

    /// What is wrong with the policies whoever the people are.
    ///
    /// - Parameter builtIn: policies that stand in no file of the operator's: that nobody uses them harms nothing.
    public static func traps(in rules: RuleSet, builtIn: Set<PolicyID>) -> [SetupTrap] {
        let setup = Setup(rules: rules, registry: Registry(), builtIn: builtIn)
        return ofPolicies.flatMap { $0.run(on: setup) }
    }

    /// All of them, for the people and places that the rules are for.
    ///
    /// - Parameter site: nil where it is not looked at.
    public static func traps(
        in rules: RuleSet, for registry: Registry, builtIn: Set<PolicyID>, site: SetupSite? = nil
    ) -> [SetupTrap] {
        let setup = Setup(rules: rules, registry: registry, builtIn: builtIn, site: site)
        return (ofPolicies + ofSetups).flatMap { $0.run(on: setup) }
    }
}
