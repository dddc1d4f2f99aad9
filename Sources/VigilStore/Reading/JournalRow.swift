public import VigilCore

/// A frame with its place in the journal.
public struct JournaledFrame: Hashable, Sendable {
    public var sequence: Int64
    public var frame: Frame

    public init(sequence: Int64, frame: Frame) {
        self.sequence = sequence
        self.frame = frame
    }
}

/// Where the journal begins and ends.
public struct JournalEnds: Hashable, Sendable {
    public var firstSequence: Int64
    public var firstAt: EngineTime
    public var lastSequence: Int64
    public var lastAt: EngineTime

    /// Rows from end to end; what a storage failure kept out is counted as well.
    public var rows: Int64 { lastSequence - firstSequence + 1 }
}
