import VigilCore

/// Recognises what a broker sends again (`architecture.md`, rule 4).
///
/// Equal bytes alone are no duplicate: a second press is byte for byte the first. A frame is one only when it matches, in order and each
/// row once, what this source was heard to say and may not know that we stored.
struct RedeliveryFilter {
    /// More than any broker keeps in flight; what is older was acknowledged long ago.
    private static let capacity = 16_384

    private struct Heard {
        /// Of the row that says it last: a frame that comes again is journaled again.
        var sequence: Int64
        let fingerprint: UInt64
    }

    /// Frames whose acknowledgements the broker is not known to have processed, each once, in the order in which it sent them.
    private var unconfirmed: [Heard] = []
    /// How many of them the last session may send again, and how far it has come with that; the others were heard in this session.
    private var expected = 0
    private var cursor = 0
    /// Set by `isDuplicate` for the `heard` that follows it.
    private var match: Int?
    private var demandsFlag = true

    /// Everything before was heard by an earlier life of the daemon.
    init(unconfirmed: [(sequence: Int64, frame: Frame)] = []) {
        for (sequence, frame) in unconfirmed {
            let fingerprint = Self.fingerprint(frame)
            // A row that says again what an older one says stands for the same message.
            if frame.isDuplicate, let older = self.unconfirmed.firstIndex(where: { $0.fingerprint == fingerprint }) {
                self.unconfirmed[older].sequence = sequence
            } else {
                self.unconfirmed.append(Heard(sequence: sequence, fingerprint: fingerprint))
            }
        }
    }

    /// A session stands. A fresh one has nothing to send again.
    mutating func connected(isResumed: Bool) {
        if !isResumed { unconfirmed = [] }
        expected = unconfirmed.count
        cursor = 0
        match = nil
    }

    /// The next session follows a time without acknowledgements: the broker sends what was heard meanwhile for the first time, without
    /// its flag.
    mutating func expectUnflagged() { demandsFlag = false }

    /// Everything that the session had kept was read: what comes now is new, whatever it looks like.
    mutating func caughtUp() {
        cursor = expected
        demandsFlag = true
    }

    /// Whether the frame was heard before; `heard` is to follow.
    mutating func isDuplicate(_ frame: Frame) -> Bool {
        match = nil
        guard cursor < expected, frame.isRedelivery || !demandsFlag else { return false }
        let fingerprint = Self.fingerprint(frame)
        match = unconfirmed[cursor..<expected].firstIndex { $0.fingerprint == fingerprint }
        if let match { cursor = match + 1 }
        return match != nil
    }

    mutating func heard(_ frame: Frame, as sequence: Int64) {
        if let match {
            // Not a second entry: it would let a second press pass for a third copy of the first.
            unconfirmed[match].sequence = sequence
            return self.match = nil
        }
        unconfirmed.append(Heard(sequence: sequence, fingerprint: Self.fingerprint(frame)))
        if unconfirmed.count > 2 * Self.capacity { forget(Self.capacity) }
    }

    /// The broker has processed the acknowledgements of everything that this session said up to here.
    ///
    /// - Returns: the journal position before which nothing is unconfirmed.
    mutating func confirmed(upTo sequence: Int64) -> Int64 {
        // It sends in order: what stands before a frame that came, and did not come itself, does not come any more.
        let heardHere = unconfirmed.indices.filter { $0 < cursor || $0 >= expected }
        if let last = heardHere.last(where: { unconfirmed[$0].sequence <= sequence }) { forget(last + 1) }
        return unconfirmed.map(\.sequence).min().map { min(sequence, $0 - 1) } ?? sequence
    }

    private mutating func forget(_ count: Int) {
        unconfirmed.removeFirst(count)
        expected = max(0, expected - count)
        cursor = max(0, cursor - count)
    }

    /// FNV-1a over topic and payload.
    /// FNV-1a of topic and payload.
    static func fingerprint(_ frame: Frame) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in frame.topic.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ 0xff) &* 0x100_0000_01b3
        for byte in frame.payload { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
