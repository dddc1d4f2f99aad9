import Foundation
import Logging
import VigilCore
import VigilStore

/// How a new engine comes to know what the last one knew (`architecture.md`, section 2).
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
        let stored = try StoredEngine(state, reader: store.reader, decoders: decoders) { owner in
            logger.warning("a snapshot row cannot be read and begins anew", metadata: [LogKey.snapshotOwner: "\(owner)"])
        }
        let engine = stored.engine
        logger.notice(
            "recovered",
            metadata: [
                LogKey.journalSequence: "\(state.lastSequence)", LogKey.rows: "\(stored.tail)",
                LogKey.alertsOpen: "\(engine.openAlerts.count)",
            ])
        return resume(engine)
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
