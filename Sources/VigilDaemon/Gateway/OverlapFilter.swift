import VigilCore

/// Recognises what both sessions of a source hear while they stand side by side (`architecture.md`, rules 4 and 6).
///
/// The spare session opens before the durable one is dropped, and meanwhile the broker hands each message to both. Each says it once and in
/// order: a frame that the other session has said, and that no frame of this one was matched with, is the other's copy.
struct OverlapFilter {
    /// Said by one session, and not yet by the other; oldest first.
    private var byDurable: [UInt64] = []
    private var bySpare: [UInt64] = []

    /// Whether the other session has said it; otherwise it is remembered for the other.
    mutating func isCopy(_ frame: Frame, isSpare: Bool) -> Bool {
        let fingerprint = RedeliveryFilter.fingerprint(frame)
        return isSpare
            ? Self.take(fingerprint, from: &byDurable, orNoteIn: &bySpare)
            : Self.take(fingerprint, from: &bySpare, orNoteIn: &byDurable)
    }

    private static func take(_ fingerprint: UInt64, from others: inout [UInt64], orNoteIn own: inout [UInt64]) -> Bool {
        guard let index = others.firstIndex(of: fingerprint) else {
            own.append(fingerprint)
            return false
        }
        // What the other said before it was missed here: a session at QoS 0 may lose, and does not say things late.
        others.removeFirst(index + 1)
        return true
    }
}
