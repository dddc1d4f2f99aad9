import VigilConsole
import VigilCore
import VigilDaemon
import VigilDevices
import VigilStore

/// What a daemon that does not run knew of its devices, out of its store.
struct OfflineDevices {
    let configuration: Configuration

    func devices(_ filter: DeviceFilter) async throws -> DeviceList {
        try await read { reports, engine, now in
            let facts = engine.deviceFacts
            return reports.devices(facts.conditions, in: facts.registry, filter, asOf: now)
        }
    }

    func device(_ id: DeviceID, _ language: Language) async throws -> DeviceDetailReport {
        let report = try await read { reports, engine, now in
            let facts = engine.deviceFacts
            return try await reports.device(
                id, facts.conditions, in: facts.registry, rules: facts.rules, decoders: configuration.decoders.decoders, asOf: now
            ) { engine.verdicts(of: $0) }
        }
        guard let report else { throw CommandFailure(.finding, Words.noDevice(id.rawValue), language) }
        return report
    }

    func unclaimed() async throws -> [UnclaimedReport] {
        try OfflineRegistry(configuration: configuration).refuseEmptyPlace()
        do {
            let reader = try StoreReader(directory: configuration.stateDirectory)
            let clock = try await reader.lastClock() ?? ClockReading(wallOffset: .zero, isTrusted: false)
            let limit = ListLimit.range.upperBound
            let (speaking, announcements) = (try await reader.unclaimed(limit: limit), try await reader.announcements())
            return UnclaimedList(speaking, announcements: announcements, clock: clock, limit: limit).devices
        } catch {
            throw CommandFailure(.temporary, "\(error)")
        }
    }

    private func read<Value>(_ body: (StoredReports, Engine, WallTime) async throws -> Value) async throws -> Value {
        try OfflineRegistry(configuration: configuration).refuseEmptyPlace()
        do {
            let reader = try StoreReader(directory: configuration.stateDirectory)
            let state = try reader.recover(reopenWindow: .zero, sources: [], unconfirmedLimit: 0)
            // A row that cannot be read costs what is known of one device; the daemon names it when it starts.
            let stored = try StoredEngine(state, reader: reader, decoders: configuration.decoders.decoders) { _ in }
            let clock = state.lastClock ?? ClockReading(wallOffset: .zero, isTrusted: false)
            let reports = StoredReports(reader: reader, clock: clock, timeZone: configuration.timeZone)
            return try await body(reports, stored.engine, clock.wall(at: stored.engine.now))
        } catch let error as StoreError {
            throw CommandFailure(.temporary, "\(error)")
        }
    }
}
