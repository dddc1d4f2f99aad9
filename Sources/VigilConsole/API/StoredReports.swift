public import VigilCore
public import VigilStore

/// Reports, lists and call sheets out of what is stored: for the daemon's API, and for the program where no daemon runs.
public struct StoredReports: Sendable {
    let reader: StoreReader
    let clock: ClockReading
    let timeZone: String
    let unrecorded: UnrecordedTurns

    /// - Parameters:
    ///   - clock: Where the wall stands against the time of what is stored.
    ///   - timeZone: IANA name: the clock that people go by.
    ///   - unrecorded: What the store does not know; taken before it is read.
    public init(reader: StoreReader, clock: ClockReading, timeZone: String, unrecorded: UnrecordedTurns = UnrecordedTurns()) {
        self.reader = reader
        self.clock = clock
        self.timeZone = timeZone
        self.unrecorded = unrecorded
    }

    public func report(_ period: ReportPeriod, by groupings: [ReportGrouping], now: WallTime) async throws -> ReportDocument {
        let range = period.range(now: now, timeZone: timeZone)
        let times = clock.time(of: range.lowerBound)..<clock.time(of: range.upperBound)
        let material = try await reader.reportMaterial(closedSince: times.lowerBound)
        let report = ResponseReport(
            unrecorded.histories(over: material.histories), registries: material.registries, period: times, by: groupings)
        return ReportDocument(from: range.lowerBound, to: range.upperBound, timeZone: timeZone, groups: report.groups)
    }

    /// - Parameter rules: Where none are stored, because no daemon has run yet.
    public func tests(
        _ selection: TestList.Selection, madeAt: WallTime, otherwise rules: RuleSet = RuleSet()
    ) async throws -> TestList {
        let tests = unrecorded.tests(over: try await reader.tests())
        return TestList(
            registry: try await reader.registry() ?? Registry(), rules: try await storedRules(otherwise: rules), tests: tests,
            clock: clock, madeAt: madeAt, selection)
    }

    /// The rules in force, by the clock that people go by.
    func storedRules(otherwise rules: RuleSet) async throws -> RuleSet {
        var rules = try await reader.rules() ?? rules
        rules.timeZone = timeZone
        return rules
    }

    /// - Parameter rules: Where none are stored, because no daemon has run yet.
    public func callSheet(madeAt: WallTime, otherwise rules: RuleSet = RuleSet()) async throws -> CallSheet {
        let filter = AlertFilter(state: .open, severity: .red, limit: ListLimit.range.upperBound)
        let red = try await unrecorded.list(filter) { try await reader.alerts($0) }.map(\.alert)
        return CallSheet(
            registry: try await reader.registry() ?? Registry(), rules: try await storedRules(otherwise: rules), alerts: red,
            clock: clock, madeAt: madeAt)
    }
}
