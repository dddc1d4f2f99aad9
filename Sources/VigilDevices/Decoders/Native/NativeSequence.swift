import VigilCore

/// Tells news from what a device sent before, by its own counter.
///
/// A device counts all its messages in one sequence per boot and sends them in order; a new boot begins a new sequence.
struct NativeSequence: Sendable {
    struct Mark: Sendable {
        var boot: String
        var number: Int64
    }

    private let known: Mark?
    private var newsCount = 0
    private var repeatCount = 0
    /// The highest mark of this message: what a receipt confirms.
    private(set) var latest: Mark?

    init(_ state: DialectState) {
        if let boot = state.boot, let number = state.sequence { known = Mark(boot: boot, number: number) } else { known = nil }
    }

    /// Takes a part of the message over. Returns false where it was heard in an earlier message; a part without a mark is always news.
    mutating func isNews(_ mark: Mark?) -> Bool {
        guard let mark else {
            newsCount += 1
            return true
        }
        if let latest, latest.boot == mark.boot {
            self.latest?.number = max(latest.number, mark.number)
        } else {
            latest = mark
        }
        if let known, known.boot == mark.boot, mark.number <= known.number {
            repeatCount += 1
            return false
        }
        newsCount += 1
        return true
    }

    /// The whole message was heard before.
    var isRepeat: Bool { repeatCount > 0 && newsCount == 0 }

    func store(in state: inout DialectState) {
        guard let latest else { return }
        state.sequence = state.boot == latest.boot ? max(state.sequence ?? latest.number, latest.number) : latest.number
        state.boot = latest.boot
    }
}
