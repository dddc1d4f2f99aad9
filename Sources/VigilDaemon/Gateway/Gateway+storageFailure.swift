import Logging
import VigilCore
import VigilStore

// Storage-failure mode (`architecture.md`, rule 6): a commit that fails or hangs never rolls the engine back and never stops it.

extension Gateway {
    /// - Parameter error: nil when the store hangs.
    mutating func beginStorageFailure(_ unstored: TurnDraft, _ error: StoreError?, at time: EngineTime) -> GatewayExit? {
        var unstored = unstored
        var error = error
        if let full = error, full.kind == .full, giveUpBallast(at: time) {
            logger.error("the disk is full; the ballast was given up to go on recording", metadata: [LogKey.error: "\(full)"])
            switch commit(unstored.turn) {
            case .success:
                release()
                perform(unstored)
                tellShortage()
                return nil
            case .failure(let second): error = second
            // Handed over a second time, and this time it hangs.
            case nil: error = nil
            }
        }
        let refusal = error.flatMap { $0.kind == .refused ? $0 : nil }
        if let refusal {
            switch storeInPlace(of: &unstored, refusal, patience: settings.commitPatience) {
            case .success:
                release()
                perform(unstored)
                return nil
            case .failure(let second): error = second
            case nil: error = nil
            }
        }
        let reason = error.map { "\($0)" } ?? "the store has not answered for \(settings.commitPatience.text)"
        logger.error("nothing can be recorded; alarms go on from memory", metadata: [LogKey.error: "\(reason)"])
        meters.recordingEnded(reason)
        meters.add(unrecorded: unstored.turn)
        var failure = StorageFailure(reason: reason)
        failure.isInPlace = refusal != nil
        failure.isFileNamed = refusal != nil
        failure.tryLater(than: time, after: error)
        // Before the slots that come back: nothing but red may take them.
        inbox.put(.input(.health(Health(.storage, .down, detail: reason))))
        letOutUnrecorded(&unstored)
        if error == nil { failure.hanging = unstored } else { failure.retain(unstored) }
        self.failure = failure
        if let error, error.isFatal { return .storageBroken(error) }
        for id in desks.keys { desks[id]?.listenUnreleased() }
        return nil
    }

    /// A life that begins without a disk to record on, and tries none: it ends when there is one (`StorageReturn`).
    mutating func beginUnrecorded(_ reason: String) {
        meters.recordingEnded(reason)
        failure = StorageFailure(reason: reason)
        inbox.put(.input(.health(Health(.storage, .down, detail: reason))))
        for id in desks.keys { desks[id]?.listenUnreleased() }
    }

    /// The spare session of a source stands. False when it came too late and goes again.
    mutating func spareConnected(_ id: SourceID) -> Bool {
        desks[id]?.spareConnected()
        if failure == nil { desks[id]?.endSpare() }
        return failure != nil
    }

    /// Once it hears everything, and not before, the durable socket is dropped, so that the broker keeps everything.
    mutating func spareHears(_ id: SourceID) {
        if failure != nil { desks[id]?.refuse() }
    }

    mutating func spareEnded(_ id: SourceID) {
        desks[id]?.spareEnded()
        if failure == nil { desks[id]?.resume() }
    }

    mutating func endTurnWithoutStorage(at time: EngineTime) -> GatewayExit? {
        if !draft.isEmpty {
            meters.show(engine, changed: draft.turn.alerts)
            meters.add(unrecorded: draft.turn)
            var unstored = draft
            draft = TurnDraft()
            letOutUnrecorded(&unstored)
            failure?.retain(unstored)
        }
        guard let failure, failure.hanging == nil, let next = failure.nextTryAt, next <= time else { return nil }
        return tryAgain(at: time)
    }

    /// One transaction: the retained rows, alerts and outbox as they are, a whole snapshot, and the mark where a replay restarts.
    private mutating func tryAgain(at time: EngineTime) -> GatewayExit? {
        guard let failure else { return nil }
        var attempt = failure.retained
        let result = failure.isInPlace ? tryInPlace(of: &attempt) : tryRetained(&attempt)
        self.failure?.tryLater(than: time, after: result?.error)
        switch result {
        case .success: recovered(attempt, at: time)
        case .failure(let error) where error.isFatal: return .storageBroken(error)
        case .failure(let error):
            if error.kind == .full { _ = giveUpBallast(at: time) }
            if error.kind == .refused, !failure.isInPlace {
                self.failure?.isInPlace = true
                self.failure?.tryNow(at: time)
            }
        case nil:
            self.failure?.hanging = attempt
            self.failure?.retained = TurnDraft()
        }
        return nil
    }

    private mutating func tryRetained(_ attempt: inout TurnDraft) -> Result<Void, StoreError>? {
        attempt.snapshot(engine.takeSnapshot(whole: true))
        attempt.discontinuity(Discontinuity(sequence: engine.sequence, at: engine.now, reason: failure?.reason ?? ""))
        return commit(attempt.turn, patience: StorageFailure.tryPatience)
    }

    /// The store refused what is retained, or what was stored in its place: that is kept in a file, and only what the engine knows is tried.
    private mutating func tryInPlace(of attempt: inout TurnDraft) -> Result<Void, StoreError>? {
        let refusal = StoreError(.refused, action: "commit a turn", path: refusedRows.directory, cause: failure?.reason ?? "")
        let result = storeInPlace(of: &attempt, refusal, patience: StorageFailure.tryPatience)
        if case .failure = result { failure?.retained = attempt }
        return result
    }

    /// The commit that hung has ended, one way or the other.
    mutating func commitCameLate(_ result: Result<Void, StoreError>, at time: EngineTime) {
        guard var failure, let hanging = failure.hanging else { return }
        failure.hanging = nil
        if case .success = result, failure.droppedRows == 0 {
            // What waited behind it goes with this turn.
            var waiting = failure.retained
            waiting.append(draft)
            draft = waiting
            return recovered(hanging, at: time)
        }
        if case .success = result {
            // Rows are missing behind it: only a whole snapshot and a mark can follow.
            perform(hanging)
            failure.tryNow(at: time)
            self.failure = failure
            return
        }
        if case .failure(let error) = result, error.kind == .refused { failure.isInPlace = true }
        var retained = hanging
        retained.append(failure.retained)
        failure.retained = retained
        failure.tryNow(at: time)
        self.failure = failure
    }

    private mutating func recovered(_ stored: TurnDraft, at time: EngineTime) {
        let dropped = failure?.droppedRows ?? 0
        failure = nil
        lastSnapshotAt = time
        inputsSinceSnapshot = 0
        logger.notice("recording again", metadata: [LogKey.rows: "\(stored.turn.journal.count)", LogKey.rowsDropped: "\(dropped)"])
        meters.recordingBegan()
        // Without room for it the disk is nearly full still, and that is told.
        ballast.isShortageTold = false
        ballast.tryAt = store.isBallastMissing ? time : nil
        // What the storing itself led to.
        for delivery in stored.due { outlets.submit(delivery, true) }
        answerForUnsent(stored)
        for completion in stored.completions { completion(true) }
        for receipt in stored.receipts { outlets.receipt(receipt) }
        outlets.timelineGrew()
        inbox.put(.input(.health(Health(.storage, .up))))
        for id in desks.keys { desks[id]?.endSpare() }
    }

    /// Somebody may lie on the floor: red goes out at once, marked as unrecorded, and people are answered. Everything else keeps no slot.
    mutating func letOutUnrecorded(_ draft: inout TurnDraft) {
        for delivery in draft.turn.deliveries where delivery.state == .withdrawn { outlets.withdraw(delivery.id) }
        for var delivery in draft.due where delivery.severity == .red {
            draft.markLetOut(delivery)
            delivery.message.body += delivery.message.language == .chinese ? "(未记录:存储故障)" : " (unrecorded: storage failure)"
            outlets.submit(delivery, false)
        }
        draft.giveBackDue()
        answerForUnsent(draft)
        answer(draft)
        draft.markAnswered()
    }
}

extension StoreError {
    /// What is on the disk is not what was written: nothing more is written before it was verified.
    fileprivate var isFatal: Bool { kind == .syncFailed || kind == .corrupt }
}

extension Result {
    fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
