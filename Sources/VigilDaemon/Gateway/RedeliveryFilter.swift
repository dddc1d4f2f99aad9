import VigilCore

/// Recognises what a broker sends again (`architecture.md`, rule 4).
///
/// Equal bytes alone are no duplicate: a second press is byte for byte the first. A frame is one only when it matches, in order and each
/// row once, what this source was heard to say and may not know that we stored.
struct RedeliveryFilter {
    /// More than any broker keeps in flight; what is older was acknowledged long ago.
    private static let capacity = 16_384

    private struct Heard {
        let sequence: Int64
        let fingerprint: UInt64
    }

    /// Frames whose acknowledgements the broker is not known to have processed.
    private var unconfirmed: [Heard] = []
    /// What may come again in this session, and how far it has come.
    private var expected: [Heard] = []
    private var cursor = 0
    private var demandsFlag = true

    /// Everything before was heard by an earlier life of the daemon.
    init(unconfirmed: [(sequence: Int64, frame: Frame)] = []) {
        self.unconfirmed = unconfirmed.map { Heard(sequence: $0.sequence, fingerprint: Self.fingerprint($0.frame)) }
    }

    /// A session stands. A fresh one has nothing to send again.
    mutating func connected(isResumed: Bool) {
        expected = isResumed ? unconfirmed : []
        cursor = 0
        if !isResumed { unconfirmed = [] }
    }

    /// The next session follows a time without acknowledgements: the broker sends what was heard meanwhile for the first time, without
    /// its flag.
    mutating func expectUnflagged() { demandsFlag = false }

    /// Whether the frame was heard before; it is then taken off the list.
    mutating func isDuplicate(_ frame: Frame) -> Bool {
        guard cursor < expected.count, frame.isRedelivery || !demandsFlag else { return false }
        let fingerprint = Self.fingerprint(frame)
        guard let match = expected[cursor...].firstIndex(where: { $0.fingerprint == fingerprint }) else { return false }
        cursor = match + 1
        if cursor == expected.count { demandsFlag = true }
        return true
    }

    mutating func heard(_ frame: Frame, as sequence: Int64) {
        unconfirmed.append(Heard(sequence: sequence, fingerprint: Self.fingerprint(frame)))
        if unconfirmed.count > 2 * Self.capacity { unconfirmed.removeFirst(Self.capacity) }
    }

    /// The broker has processed the acknowledgements of everything up to here.
    mutating func confirmed(upTo sequence: Int64) { unconfirmed.removeAll { $0.sequence <= sequence } }

    /// FNV-1a over topic and payload.
    private static func fingerprint(_ frame: Frame) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in frame.topic.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ 0xff) &* 0x100_0000_01b3
        for byte in frame.payload { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}
