public import VigilCore

/// Frames that were looked for in the journal.
public struct FoundFrames: Hashable, Sendable {
    /// Newest first.
    public var frames: [StampedInput]
    /// How many frames were looked at.
    public var lookedThrough: Int
    /// The end of the journal at that moment; 0 before the first row.
    public var lastSequence: Int64
}

extension StoreReader {
    /// Looks for frames from the end of the journal backwards, so that what is recent is found soon.
    ///
    /// - Parameters:
    ///   - sequence: only after this one.
    ///   - count: how many are wanted.
    ///   - limit: how many frames are looked at: the journal has no index by device.
    public func frames(
        after sequence: Int64 = 0, count: Int, lookingThrough limit: Int, where isWanted: @escaping @Sendable (Frame) -> Bool
    ) async throws(StoreError) -> FoundFrames {
        try await read("look for frames in the journal") { database in
            var found = FoundFrames(frames: [], lookedThrough: 0, lastSequence: try JournalTable.ends(in: database)?.lastSequence ?? 0)
            try JournalTable.forEachFrameBackwards(after: sequence, limit: Int64(limit), in: database) { stamped in
                found.lookedThrough += 1
                if case .frame(let frame) = stamped.input, isWanted(frame) { found.frames.append(stamped) }
                return found.frames.count < count
            }
            return found
        }
    }
}
