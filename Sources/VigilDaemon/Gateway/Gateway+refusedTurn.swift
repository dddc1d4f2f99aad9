import Logging
import VigilCore
import VigilStore

// A turn that the store refuses breaks a rule of the schema. That is a fault of the program: the same rows never succeed, and recording must
// not end with them.

extension Gateway {
    /// Keeps the rows of a refused draft in a file, and stores what the engine knows in their place.
    ///
    /// Once that is stored the draft counts as stored: its rows are on the disk, and what they led to is in tables and snapshot.
    ///
    /// - Parameter refused: becomes what was handed over in its place; when that failed, without what only this attempt could say.
    /// - Returns: the store's answer; nil when it hangs.
    mutating func storeInPlace(
        of refused: inout TurnDraft, _ refusal: StoreError, patience: Milliseconds
    ) -> Result<Void, StoreError>? {
        let file: String?
        do throws(StoreError) {
            file = try refusedRows.keep(refused.turn, at: clocks.wall())
        } catch {
            return .failure(error)
        }
        if let file, failure?.isFileNamed != true {
            failure?.isFileNamed = true
            logger.error(
                "the store refused a turn; its rows are kept in a file, and what is known is stored in their place",
                metadata: [LogKey.file: "\(file)", LogKey.error: "\(refusal)"])
        }
        refused.dropHistory()
        refused.append(restatement())
        refused.restate(engine)
        refused.snapshot(engine.takeSnapshot(whole: true))
        refused.discontinuity(Discontinuity(sequence: engine.sequence, at: engine.now, reason: refusal.cause))
        let result = commit(refused.turn, patience: patience)
        switch result {
        case .success:
            lastSnapshotAt = engine.now
            inputsSinceSnapshot = 0
        case .failure:
            refused.dropJournal()
            refused.dropMarks()
        case nil: break
        }
        return result
    }

    /// The versions that the snapshot names, and the clock: their rows may be among the refused ones.
    private mutating func restatement() -> TurnDraft {
        let others = draft
        draft = TurnDraft()
        for input in [Input.registryChange(engine.registry), .rulesChange(engine.rules), .clock(engine.clock)] {
            decide(input, at: engine.now)
        }
        defer { draft = others }
        return draft
    }
}
