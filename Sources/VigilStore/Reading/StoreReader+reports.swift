internal import GRDB
public import VigilCore

/// What a report is made of, as of one moment.
public struct ReportMaterial: Hashable, Sendable {
    /// In order of the alerts' ids.
    public var histories: [AlertHistory]
    /// Every version of the registry that one of them was made under, and the one in force; oldest first.
    public var registries: [Registry]
}

extension StoreReader {
    /// The alerts that a report over a period which begins then may count: open, or closed at or after that time.
    public func reportMaterial(closedSince time: EngineTime) async throws(StoreError) -> ReportMaterial {
        try await read("read what a report is made of") { database in
            let alerts = try AlertTable.fetchOpen(orClosedSince: time, in: database)
            let entries = try TimelineTable.fetch(
                AlertHistory.events, ofAlertsOpenOrClosedSince: time, in: database)
            let histories = alerts.map { AlertHistory(alert: $0, entries: entries[$0.id] ?? []) }
            let latest = try VersionTable.registry(in: database)
            let versions = Set(alerts.map(\.registryVersion)).subtracting([latest?.version].compactMap(\.self)).sorted()
            let registries = try versions.compactMap { try VersionTable.registry(version: $0, in: database) }
            return ReportMaterial(histories: histories, registries: registries + [latest].compactMap(\.self))
        }
    }

    /// What became of the latest messages to each person over each channel.
    public func lastDeliveries() async throws(StoreError) -> [LastDelivery] {
        try await read("find what arrived lately") { try DeliveryTable.fetchLast(in: $0) }
    }

    /// Where the wall clock stood against the engine's time when it was last read; nil before the first start.
    public func lastClock() async throws(StoreError) -> ClockReading? {
        try await read("find where the clock stood") { try MetaTable.lastClock(in: $0) }
    }
}
