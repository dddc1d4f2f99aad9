import Foundation
import Logging
import VigilCore
import VigilStore

/// How a new engine comes to know what the last one knew (`architecture.md`, section 2).
///
/// Tables are the truth about alerts and deliveries; snapshot and tail rebuild detection only, and nothing of the tail is decided again.
struct Recovery {
    let state: RecoveredState
    let store: Store
    let clocks: Clocks
    let bootID: String
    let logger: Logger

    /// The engine as it stood, the time at which it goes on, and the start that tells it of the gap.
    struct Result {
        var engine: Engine
        var clock: EngineClock
        var start: Start
        /// Of the snapshot that it was made from: short lives must not put off the next one for ever. Long ago where there was none.
        var lastSnapshotAt: EngineTime
    }

    func run(decoders: [any PayloadDecoder]) throws -> Result {
        var engine = Engine(decoders: decoders)
        if let snapshot = state.snapshot {
            engine.beginRecovery(
                registry: state.registryAtSnapshot ?? state.registry ?? Registry(),
                rules: state.rulesAtSnapshot ?? state.rules ?? RuleSet(), at: snapshot.at, sequence: snapshot.sequence)
            // Rows of another format are not readable; who and what is watched is, and detection begins anew from there.
            if snapshot.format == Snapshot.format {
                for row in snapshot.rows { restore(row, into: &engine) }
            }
            engine.finishRestoring()
        }
        engine.expectEndings(of: state.alerts)
        var tail = 0
        try store.reader.forEachInput(after: state.snapshot?.sequence ?? 0) { input in
            engine.rebuild(input)
            tail += 1
        }
        engine.restoreTables(
            alerts: state.alerts, episodes: state.episodes.map { (key: $0.key, episode: $0.value) }.sorted { $0.key < $1.key },
            deliveries: state.deliveries, orders: state.orders)
        logger.notice(
            "recovered",
            metadata: [
                LogKey.journalSequence: "\(state.lastSequence)", LogKey.rows: "\(tail)",
                LogKey.alertsOpen: "\(engine.openAlerts.count)",
            ])
        return resume(engine)
    }

    /// A row that cannot be read costs its own memory and nothing else; the tables are not touched by it.
    private func restore(_ row: RecoveredRow, into engine: inout Engine) {
        do {
            let door = try row.decode(DecoderDoor.self)
            try engine.restore(owner: row.owner, key: row.key, from: door.decoder)
        } catch {
            logger.warning("a snapshot row cannot be read and begins anew", metadata: [LogKey.snapshotOwner: "\(row.owner)"])
        }
    }

    /// Engine time goes on where it was, plus the time that nobody listened.
    private func resume(_ engine: Engine) -> Result {
        let boot = clocks.boot()
        let wall = clocks.wall()
        let last = max(state.lastTime ?? EngineTime(wall.rawValue), engine.now)
        let gap = state.lastTime == nil ? nil : self.gap(since: last, boot: boot, wall: wall)
        let origin = last + (gap ?? .zero)
        let reading = ClockReading(wall, at: origin, after: state.lastTime == nil ? nil : state.lastClock)
        return Result(
            engine: engine, clock: EngineClock(origin: origin, bootAtOrigin: boot),
            start: Start(boot: bootID, bootTime: boot, gap: gap, clock: reading),
            lastSnapshotAt: state.snapshot?.at ?? EngineTime(0))
    }

    /// Within one boot by the boot clock; over a reboot by the wall, where it was to be believed before and did not step back.
    private func gap(since last: EngineTime, boot: BootTime, wall: WallTime) -> Milliseconds {
        if let previous = state.lastStart, previous.start.boot == bootID {
            return max(.zero, previous.at + (boot - previous.start.bootTime) - last)
        }
        // Behind a clock that had lost its time lies no length that anybody knows.
        guard let reading = state.lastClock, reading.isTrusted else { return .zero }
        return max(.zero, Milliseconds(wall.rawValue) - Milliseconds(reading.wall(at: last).rawValue))
    }
}

/// Lets a row's owner read it with its own types.
private struct DecoderDoor: Decodable {
    let decoder: any Decoder

    init(from decoder: any Decoder) throws { self.decoder = decoder }
}
