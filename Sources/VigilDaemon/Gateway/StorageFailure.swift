import VigilCore
import VigilStore

/// What is kept while nothing can be stored (`architecture.md`, rule 6).
struct StorageFailure {
    /// Rows in memory beyond this are given up; the broker has them, and the snapshot has what they meant.
    static let retainedLimit = 100_000
    private static let tryEvery = Milliseconds.seconds(2)
    /// What the store refuses it refuses again, unless what is in the way has ended meanwhile.
    private static let tryRefusedEvery = Milliseconds.minutes(1)
    /// A try must not hold up the alarms that go on meanwhile; its answer may come late.
    static let tryPatience = Milliseconds(100)

    let reason: String
    /// Handed to the store, which has not come back with it; nothing else is tried until it does.
    var hanging: TurnDraft?
    /// Everything else that waits to be stored.
    var retained = TurnDraft()
    private(set) var nextTryAt: EngineTime?
    /// Rows were refused: only what the engine knows is tried from here on (`Gateway+refusedTurn.swift`).
    var isInPlace = false
    /// Operators were told where the refused rows are.
    var isFileNamed = false
    var droppedRows = 0

    init(reason: String) { self.reason = reason }

    mutating func tryLater(than time: EngineTime, after error: StoreError?) {
        nextTryAt = time + (error?.kind == .refused ? Self.tryRefusedEvery : Self.tryEvery)
    }

    mutating func tryNow(at time: EngineTime) { nextTryAt = time }

    /// Takes a finished turn in, and gives up the oldest rows beyond the limit.
    mutating func retain(_ draft: TurnDraft) {
        retained.append(draft)
        droppedRows += retained.keepLatest(Self.retainedLimit)
    }
}
