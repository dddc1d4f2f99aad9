/// What was made of the latest messages of registered devices, for whoever asks; nothing is decided by it, and nothing of it is stored.
struct FrameVerdicts: Sendable {
    /// Of all devices together: what is remembered must not grow with the community.
    private static let limit = 4096

    /// Once it is full, a ring: the oldest stands at `oldest`.
    private var verdicts: [FrameVerdict] = []
    private var oldest = 0

    mutating func note(_ verdict: FrameVerdict) {
        guard verdicts.count == Self.limit else { return verdicts.append(verdict) }
        verdicts[oldest] = verdict
        oldest = (oldest + 1) % Self.limit
    }

    /// Those that are remembered of the messages with these places in the journal.
    func verdicts(of sequences: Set<Int64>) -> [Int64: FrameVerdict] {
        let wanted = verdicts.lazy.filter { sequences.contains($0.sequence) }
        return Dictionary(wanted.map { ($0.sequence, $0) }) { first, _ in first }
    }
}
