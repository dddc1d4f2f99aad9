import VigilCore

/// What is kept while nothing can be stored (`architecture.md`, rule 6).
struct StorageFailure {
    /// Rows in memory beyond this are given up; the broker has them, and the snapshot has what they meant.
    static let retainedLimit = 100_000
    static let tryEvery = Milliseconds.seconds(2)
    /// A try must not hold up the alarms that go on meanwhile; its answer may come late.
    static let tryPatience = Milliseconds(100)

    let reason: String
    /// Handed to the store, which has not come back with it; nothing else is tried until it does.
    var hanging: TurnDraft?
    /// Everything else that waits to be stored.
    var retained = TurnDraft()
    var nextTryAt: EngineTime?
    var droppedRows = 0

    /// Takes a finished turn in, and gives up the oldest rows beyond the limit.
    mutating func retain(_ draft: TurnDraft) {
        retained.append(draft)
        droppedRows += retained.keepLatest(Self.retainedLimit)
    }
}
