public import VigilCore
public import VigilStore

/// An engine as the store remembers it: tables are the truth about alerts and deliveries; snapshot and tail rebuild detection only, and
/// nothing of the tail is decided again.
public struct StoredEngine {
    public let engine: Engine
    /// Rows of the journal after the snapshot.
    public let tail: Int

    /// - Parameter onUnreadable: told the owner of a row that cannot be read: it costs its own memory and nothing else.
    public init(
        _ state: RecoveredState, reader: StoreReader, decoders: [any PayloadDecoder], onUnreadable: (String) -> Void
    ) throws {
        var engine = Engine(decoders: decoders)
        if let snapshot = state.snapshot {
            engine.beginRecovery(
                registry: state.registryAtSnapshot ?? state.registry ?? Registry(),
                rules: state.rulesAtSnapshot ?? state.rules ?? RuleSet(), at: snapshot.at, sequence: snapshot.sequence)
            // Rows of another format are not readable; who and what is watched is, and detection begins anew from there.
            if snapshot.format == Snapshot.format {
                for row in snapshot.rows {
                    do {
                        try engine.restore(owner: row.owner, key: row.key, from: try row.decode(DecoderDoor.self).decoder)
                    } catch {
                        onUnreadable(row.owner)
                    }
                }
            }
            engine.finishRestoring()
        }
        engine.expectEndings(of: state.alerts)
        var tail = 0
        try reader.forEachInput(after: state.snapshot?.sequence ?? 0) { input in
            engine.rebuild(input)
            tail += 1
        }
        engine.restoreTables(
            alerts: state.alerts, episodes: state.episodes.map { (key: $0.key, episode: $0.value) }.sorted { $0.key < $1.key },
            deliveries: state.deliveries, orders: state.orders, batteries: state.batteries)
        self.engine = engine
        self.tail = tail
    }
}

/// Lets a row's owner read it with its own types.
private struct DecoderDoor: Decodable {
    let decoder: any Decoder

    init(from decoder: any Decoder) throws { self.decoder = decoder }
}
