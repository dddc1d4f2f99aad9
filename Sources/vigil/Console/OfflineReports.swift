import VigilConsole
import VigilCore
import VigilDaemon
import VigilStore

/// Reports of a daemon that does not run, out of its store.
struct OfflineReports {
    let configuration: Configuration

    func report(_ period: ReportPeriod, by groupings: [ReportGrouping]) async throws -> ReportDocument {
        try await read { try await $0.report(period, by: groupings, now: LocalClock.now) }
    }

    func callSheet() async throws -> CallSheet {
        let rules = configuration.ruleSet(version: 0)
        return try await read { try await $0.callSheet(madeAt: LocalClock.now, otherwise: rules) }
    }

    func tests(_ selection: TestList.Selection) async throws -> TestList {
        let rules = configuration.ruleSet(version: 0)
        return try await read { try await $0.tests(selection, madeAt: LocalClock.now, otherwise: rules) }
    }

    /// Without a daemon nobody knows who is blind.
    func visits(on day: CalendarDay?, in grid: GridID?, _ language: Language) async throws -> VisitList {
        let rules = configuration.ruleSet(version: 0)
        do {
            return try await read {
                try await $0.visits(on: day, in: grid, blind: nil, madeAt: LocalClock.now, otherwise: rules)
            }
        } catch let refusal as RefusedQuestion {
            throw CommandFailure(.finding, ErrorReport(error: refusal.words.english, message: refusal.words), language)
        }
    }

    private func read<Value>(_ body: (StoredReports) async throws -> Value) async throws -> Value {
        try OfflineRegistry(configuration: configuration).refuseEmptyPlace()
        do {
            let reader = try StoreReader(directory: configuration.stateDirectory)
            // Before the first start there is no alert whose time could be told.
            let clock = try await reader.lastClock() ?? ClockReading(wallOffset: .zero, isTrusted: false)
            return try await body(StoredReports(reader: reader, clock: clock, timeZone: configuration.timeZone))
        } catch let error as StoreError {
            throw CommandFailure(.temporary, "\(error)")
        }
    }
}
