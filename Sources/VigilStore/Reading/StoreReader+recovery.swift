internal import GRDB
public import VigilCore

extension StoreReader {
    /// Reads back what a new engine starts from, as of one moment.
    public func recover(
        reopenWindow: Milliseconds, sources: [SourceID], unconfirmedLimit: Int
    ) throws(StoreError) -> RecoveredState {
        try readBlocking("recover the state") { database in
            Failpoint.duringRecovery.pass()
            let snapshot = try SnapshotTable.fetch(in: database)
            let lastTime = try JournalTable.ends(in: database)?.lastAt
            let confirmed = try ConfirmedTable.fetch(in: database)
            var unconfirmed: [SourceID: [JournaledFrame]] = [:]
            // A source whose broker never confirmed anything has no position: all that it said may come again.
            for source in Set(confirmed.keys).union(sources) {
                let position = confirmed[source] ?? 0
                let frames = try JournalTable.frames(of: source, after: position, limit: unconfirmedLimit, in: database)
                if !frames.isEmpty { unconfirmed[source] = frames }
            }
            return RecoveredState(
                installation: try MetaTable.installation(in: database),
                lastSequence: try Writer.lastSequence(in: database),
                lastTime: lastTime,
                lastStart: try MetaTable.lastStart(in: database),
                lastClock: try MetaTable.lastClock(in: database),
                snapshot: snapshot,
                registryAtSnapshot: try snapshot.flatMap { try VersionTable.registry(version: $0.registryVersion, in: database) },
                rulesAtSnapshot: try snapshot.flatMap { try VersionTable.rules(version: $0.rulesVersion, in: database) },
                registry: try VersionTable.registry(in: database),
                rules: try VersionTable.rules(in: database),
                alerts: try AlertTable.fetchLive(closedSince: (lastTime ?? EngineTime(0)) - reopenWindow, in: database),
                episodes: try AlertTable.episodes(in: database),
                deliveries: try DeliveryTable.fetchUnsettled(in: database)
                    + DeliveryTable.fetchSettled(admittedSince: (lastTime ?? EngineTime(0)) - MessageCap.longest, in: database),
                orders: try OrderTable.fetchLive(in: database),
                batteries: try BatteryTable.fetch(in: database),
                confirmed: confirmed,
                unconfirmed: unconfirmed)
        }
    }
}
