import Logging
import VigilCore
import VigilStore

// Storage-failure mode (`architecture.md`, rule 6): a commit that fails or hangs never rolls the engine back and never stops it.

extension Gateway {
    /// - Parameter error: nil when the store hangs.
    mutating func beginStorageFailure(_ unstored: TurnDraft, _ error: StoreError?, at time: EngineTime) -> GatewayExit? {
        if let error, error.kind == .full, gaveUpBallast(), case .success = commit(unstored.turn) {
            logger.error("the disk is full; the ballast was given up to go on recording", metadata: [LogKey.error: "\(error)"])
            release()
            perform(unstored)
            return nil
        }
        let reason = error.map { "\($0)" } ?? "the store has not answered for \(settings.commitPatience.text)"
        logger.error("nothing can be recorded; alarms go on from memory", metadata: [LogKey.error: "\(reason)"])
        meters.storage(isUp: false)
        var failure = StorageFailure(reason: reason, nextTryAt: time + StorageFailure.tryEvery)
        if error == nil { failure.hanging = unstored } else { failure.retain(unstored) }
        self.failure = failure
        letOutUnrecorded(unstored)
        if let error, error.isFatal { return .storageBroken(error) }
        inbox.put(.input(.health(Health(.storage, .down, detail: reason))))
        for desk in desks.values { desk.handle.openSpare() }
        return nil
    }

    /// The spare session of a source stands or fell. Once it listens, the durable socket is dropped, so that the broker keeps everything.
    mutating func spare(of id: SourceID, listens: Bool) {
        guard failure != nil, listens else { return }
        desks[id]?.handle.refuse()
        desks[id]?.barrier.disconnected()
    }

    mutating func endTurnWithoutStorage(at time: EngineTime) -> GatewayExit? {
        if !draft.isEmpty {
            meters.show(engine, alertsChanged: !draft.turn.alerts.isEmpty)
            letOutUnrecorded(draft)
            failure?.retain(draft)
            draft = TurnDraft()
        }
        guard let failure, failure.hanging == nil, let next = failure.nextTryAt, next <= time else { return nil }
        return tryAgain(at: time)
    }

    /// One transaction: the retained rows, alerts and outbox as they are, a whole snapshot, and the mark where a replay restarts.
    private mutating func tryAgain(at time: EngineTime) -> GatewayExit? {
        guard var failure else { return nil }
        var attempt = failure.retained
        attempt.snapshot(engine.takeSnapshot(whole: true))
        attempt.discontinuity(Discontinuity(sequence: engine.sequence, at: engine.now, reason: failure.reason))
        failure.nextTryAt = time + StorageFailure.tryEvery
        self.failure = failure
        switch commit(attempt.turn) {
        case .success: recovered(attempt, at: time)
        case .failure(let error) where error.isFatal: return .storageBroken(error)
        case .failure(let error): if error.kind == .full { _ = gaveUpBallast() }
        case nil:
            self.failure?.hanging = attempt
            self.failure?.retained = TurnDraft()
        }
        return nil
    }

    /// The commit that hung has ended, one way or the other.
    mutating func commitCameLate(_ result: Result<Void, StoreError>, at time: EngineTime) {
        guard var failure, let hanging = failure.hanging else { return }
        failure.hanging = nil
        if case .success = result {
            // What waited behind it goes with the next turn.
            draft = failure.retained
            self.failure = failure
            return recovered(hanging, at: time)
        }
        var retained = hanging
        retained.append(failure.retained)
        failure.retained = retained
        failure.nextTryAt = time
        self.failure = failure
    }

    private mutating func recovered(_ stored: TurnDraft, at time: EngineTime) {
        let dropped = failure?.droppedRows ?? 0
        failure = nil
        lastSnapshotAt = time
        inputsSinceSnapshot = 0
        logger.notice("recording again", metadata: [LogKey.rows: "\(stored.turn.journal.count)", LogKey.rowsDropped: "\(dropped)"])
        meters.storage(isUp: true)
        // Without room for it the disk is nearly full still; the next start says so and tries again.
        try? store.restoreBallast()
        // Everything but red waited for this.
        for delivery in stored.turn.deliveries where delivery.state == .sending && delivery.severity != .red { outlets.submit(delivery) }
        for receipt in stored.receipts { outlets.receipt(receipt) }
        outlets.timelineGrew()
        inbox.put(.input(.health(Health(.storage, .up))))
        for id in desks.keys {
            desks[id]?.redelivery.expectUnflagged()
            desks[id]?.handle.resume()
        }
    }

    /// Frees the blocks that were kept aside for this day; false when that was done before.
    private func gaveUpBallast() -> Bool {
        // What cannot be released helps as little as what is not there.
        store.hasBallast && (try? store.releaseBallast()) != nil
    }

    /// Somebody may lie on the floor: red goes out at once, marked as unrecorded, and people are answered.
    private mutating func letOutUnrecorded(_ draft: TurnDraft) {
        for var delivery in draft.turn.deliveries {
            switch delivery.state {
            case .sending where delivery.severity == .red:
                delivery.message.body += delivery.message.language == .chinese ? "(未记录:存储故障)" : " (unrecorded: storage failure)"
                outlets.submit(delivery)
            case .withdrawn: outlets.withdraw(delivery.id)
            case .sending, .ready, .delivered, .failed: break
            }
        }
        answer(draft)
    }
}

extension StoreError {
    /// What is on the disk is not what was written: nothing more is written before it was verified.
    fileprivate var isFatal: Bool { kind == .syncFailed || kind == .corrupt }
}
