public import VigilCore
import VigilStore

extension StoredReports {
    /// - Parameters:
    ///   - blind: Who is not protected as they should be; nil where no daemon runs that knows.
    ///   - rules: Where none are stored, because no daemon has run yet.
    /// - Throws: `RefusedQuestion` for a day that is over and for a grid that is not registered.
    public func visits(
        on day: CalendarDay?, in grid: GridID?, blind: [Blindness]?, madeAt: WallTime, otherwise rules: RuleSet = RuleSet()
    ) async throws -> VisitList {
        let rules = try await storedRules(otherwise: rules)
        if let day, (day + 1).start(zone: rules.timeZone) <= madeAt { throw RefusedQuestion.isOver(day) }
        let registry = try await reader.registry() ?? Registry()
        let grids = registry.community.grids.map(\.id.rawValue)
        if let grid, !grids.contains(grid.rawValue) { throw RefusedQuestion.unknownGrid(grid.rawValue, among: grids) }
        let filter = AlertFilter(state: .open, severity: .blue, limit: ListLimit.range.upperBound)
        let material = VisitList.Material(
            registry: registry, rules: rules, visits: unrecorded.visits(over: try await reader.visits()), blind: blind,
            alerts: try await unrecorded.list(filter) { try await reader.alerts($0) }.map(\.alert), orders: try await contexts())
        return VisitList(material, clock: clock, madeAt: madeAt, day: day, grid: grid)
    }

    private func contexts() async throws -> [StandingOrder] {
        let words = ResidentContext.allCases.map(\.rawValue)
        let filter = OrderFilter(state: .open, words: words, limit: ListLimit.range.upperBound)
        return try await unrecorded.list(filter) { try await reader.orders($0) }.map(\.order)
    }
}

extension RefusedQuestion {
    fileprivate static func isOver(_ day: CalendarDay) -> RefusedQuestion {
        RefusedQuestion(
            words: LocalizedText(zh: "\(day.text) 已过去;请写今天或以后的日期", en: "\(day.text) is over; write today or a later day"))
    }

    fileprivate static func unknownGrid(_ grid: String, among known: [String]) -> RefusedQuestion {
        let name = SettingFault.quoted(grid)
        let hint = SettingFault.localizedHint(grid, among: known)
        return RefusedQuestion(
            words: LocalizedText(
                zh: "登记册中没有网格 \(name)\(hint.chinese)", en: "the registry has no grid \(name)\(hint.english)"))
    }
}
