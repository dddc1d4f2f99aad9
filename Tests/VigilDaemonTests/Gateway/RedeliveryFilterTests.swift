import Testing
import VigilCore

@testable import VigilDaemon

/// Rule 4 of the turn (`architecture.md`, section 1).
@Suite struct RedeliveryFilterTests {
    private static func frame(_ text: String, again: Bool = false, isDuplicate: Bool = false) -> Frame {
        Frame(source: "home", origin: .mqtt(topic: "t"), payload: Array(text.utf8), isRedelivery: again, isDuplicate: isDuplicate)
    }

    /// A filter in use.
    private final class Listener {
        private var filter: RedeliveryFilter

        init(_ unconfirmed: [(sequence: Int64, frame: Frame)] = []) { filter = RedeliveryFilter(unconfirmed: unconfirmed) }

        func connected(isResumed: Bool) { filter.connected(isResumed: isResumed) }
        func expectUnflagged() { filter.expectUnflagged() }
        func caughtUp() { filter.caughtUp() }
        func confirmed(upTo sequence: Int64) -> Int64 { filter.confirmed(upTo: sequence) }

        /// Frames in order, heard as rows from `row` on; says which of them were recognised.
        func hear(_ texts: [String], again: Bool = false, from row: Int64) -> [Bool] {
            texts.enumerated().map { index, text in
                let frame = RedeliveryFilterTests.frame(text, again: again)
                let isDuplicate = filter.isDuplicate(frame)
                filter.heard(frame, as: row + Int64(index))
                return isDuplicate
            }
        }
    }

    @Test("rule 4: what is sent again in a resumed session is recognised, in order and each row once")
    func recognises() {
        let filter = Listener()
        filter.connected(isResumed: false)
        #expect(filter.hear(["a", "b", "a"], from: 1) == [false, false, false])
        filter.connected(isResumed: true)
        #expect(filter.hear(["a", "b", "a", "a"], again: true, from: 4) == [true, true, true, false])
    }

    @Test("rule 4: equal bytes without DUP, or in a fresh session, are a second event")
    func secondPress() {
        let filter = Listener()
        #expect(filter.hear(["press"], from: 1) == [false])
        filter.connected(isResumed: true)
        #expect(filter.hear(["press"], from: 2) == [false])
        filter.connected(isResumed: false)
        #expect(filter.hear(["press", "press"], again: true, from: 3) == [false, false])
    }

    @Test("rule 4: a second press that nobody had read is an event, although the broker marks it like the first")
    func unreadSecondPress() {
        let filter = Listener()
        _ = filter.hear(["press"], from: 1)
        filter.connected(isResumed: true)
        #expect(filter.hear(["press", "press"], again: true, from: 2) == [true, false])
    }

    @Test("rule 4: a press that came again twice does not make room for swallowing the next one")
    func repeatedRedelivery() {
        let filter = Listener()
        _ = filter.hear(["press"], from: 1)
        filter.connected(isResumed: true)
        #expect(filter.hear(["press"], again: true, from: 2) == [true])
        filter.connected(isResumed: true)
        #expect(filter.hear(["press", "press"], again: true, from: 3) == [true, false])
    }

    @Test("rule 4: out of order is not recognised")
    func order() {
        let filter = Listener()
        _ = filter.hear(["a", "b"], from: 1)
        filter.connected(isResumed: true)
        #expect(filter.hear(["b", "a"], again: true, from: 3) == [true, false])
    }

    @Test("rule 4: what a later ping proved acknowledged does not come again")
    func confirmed() {
        let filter = Listener()
        _ = filter.hear(["a", "b"], from: 1)
        #expect(filter.confirmed(upTo: 1) == 1)
        filter.connected(isResumed: true)
        #expect(filter.hear(["a", "b"], again: true, from: 3) == [false, true])
    }

    @Test("rule 4: confirming the first half of what came again keeps the second half")
    func halfConfirmed() {
        let filter = Listener()
        _ = filter.hear(["a", "b", "c"], from: 1)
        filter.connected(isResumed: true)
        #expect(filter.hear(["a"], again: true, from: 4) == [true])
        // Rows 2 and 3 are on their way still, although their numbers are smaller.
        #expect(filter.confirmed(upTo: 4) == 1)
        filter.connected(isResumed: true)
        #expect(filter.hear(["b", "c"], again: true, from: 5) == [true, true])
    }

    @Test("rule 4: once the backlog was read, what comes is new, whatever it looks like")
    func caughtUp() {
        let filter = Listener()
        _ = filter.hear(["press"], from: 1)
        filter.expectUnflagged()
        filter.connected(isResumed: true)
        filter.caughtUp()
        #expect(filter.hear(["press"], from: 2) == [false])
        #expect(filter.hear(["press"], again: true, from: 3) == [false])
    }

    @Test("rule 6: what was heard by the spare session comes without a mark, and is recognised once")
    func unflagged() {
        let filter = Listener()
        _ = filter.hear(["a", "b"], from: 1)
        filter.expectUnflagged()
        filter.connected(isResumed: true)
        #expect(filter.hear(["a", "b", "b"], from: 3) == [true, true, false])
    }

    @Test("rule 4: an earlier life's rows are known, and a row that repeats another stands for the same message")
    func earlierLife() {
        let filter = Listener([
            (1, Self.frame("a")), (2, Self.frame("b")), (3, Self.frame("a", again: true, isDuplicate: true)),
        ])
        filter.connected(isResumed: true)
        #expect(filter.hear(["a", "b", "a"], again: true, from: 4) == [true, true, false])
    }

    @Test("rule 6: an alarm that could not be stored and comes again in the next life is not the row of another one")
    func lostSession() {
        let filter = Listener([(1, Self.frame("press"))])
        filter.connected(isResumed: false)
        #expect(filter.hear(["press"], again: true, from: 2) == [false])
    }
}
