import VigilCore

/// Tells news from what a device sent before, by its own counter.
///
/// A device counts all its messages in one sequence per boot; a message that another one overtook is news all the same. A new boot begins a new sequence, and what was said in
/// an earlier one is not news when somebody says it again.
struct NativeSequence: Sendable {
    struct Mark: Sendable {
        var boot: String
        var number: Int64
    }

    /// What was heard before this message.
    private let known: DialectState
    private var newsCount = 0
    private var repeatCount = 0
    /// The highest number of each boot in this message; the boot that it spoke of last stands last.
    private var marks: [Mark] = []
    private var told: [Mark] = []

    init(_ state: DialectState) { known = state }

    /// What a receipt confirms.
    var latest: Mark? { marks.last }

    /// Takes a part of the message over. Returns false where it was heard in an earlier message; a part without a mark is always news.
    mutating func isNews(_ mark: Mark?) -> Bool {
        guard let mark else {
            newsCount += 1
            return true
        }
        note(mark)
        told.append(mark)
        if known.hasHeard(mark.number, in: mark.boot) {
            repeatCount += 1
            return false
        }
        newsCount += 1
        return true
    }

    private mutating func note(_ mark: Mark) {
        var mark = mark
        if let index = marks.lastIndex(where: { $0.boot == mark.boot }) {
            mark.number = max(mark.number, marks.remove(at: index).number)
        }
        marks.append(mark)
    }

    /// The whole message was heard before.
    var isRepeat: Bool { repeatCount > 0 && newsCount == 0 }

    func store(in state: inout DialectState) {
        for mark in told { state.heard(mark.number, in: mark.boot) }
    }
}
