// What nobody saw.

extension Detection {
    /// Who was not observed for longer than their rules of absence wait, and not heard or seen since.
    func gap(of resident: ResidentID) -> UnobservedGap? { unobserved[resident] }

    /// How many of them there are.
    var unobservedCount: Int { unobserved.count }

    /// Where somebody is known to be away nobody would have missed them.
    mutating func noteUnobserved(_ gap: UnobservedGap) {
        let length = gap.until - gap.from
        for resident in household.registry.residents.map(\.id) where !paused.contains(resident) {
            let windows = rules.runners.filter { household.isInScope(.resident(resident), $0.rule.scope) }.compactMap(\.absenceWindow)
            if windows.contains(where: { $0 < length }) { unobserved.note(gap, of: resident) }
        }
    }
}
