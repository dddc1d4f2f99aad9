import Testing
import VigilCore

@testable import VigilDaemon

/// Rule 4 of the turn (`architecture.md`, section 1).
@Suite struct RedeliveryFilterTests {
    private static func frame(_ text: String, again: Bool = false, isDuplicate: Bool = false) -> Frame {
        Frame(source: "home", origin: .mqtt(topic: "t"), payload: Array(text.utf8), isRedelivery: again, isDuplicate: isDuplicate)
    }

    /// Frames of one session, heard as rows from `row` on; says which of them were recognised.
    private func hear(_ texts: [String], again: Bool = false, from row: Int64, _ filter: inout RedeliveryFilter) -> [Bool] {
        texts.enumerated().map { index, text in
            let frame = Self.frame(text, again: again)
            let isDuplicate = filter.isDuplicate(frame)
            filter.heard(frame, as: row + Int64(index))
            return isDuplicate
        }
    }

    @Test("rule 4: what is sent again in a resumed session is recognised, in order and each row once")
    func recognises() {
        var filter = RedeliveryFilter()
        filter.connected(isResumed: false)
        #expect(hear(["a", "b", "a"], from: 1, &filter) == [false, false, false])
        filter.connected(isResumed: true)
        #expect(hear(["a", "b", "a", "a"], again: true, from: 4, &filter) == [true, true, true, false])
    }

    @Test("rule 4: equal bytes without DUP, or in a fresh session, are a second event")
    func secondPress() {
        var filter = RedeliveryFilter()
        #expect(hear(["press"], from: 1, &filter) == [false])
        filter.connected(isResumed: true)
        #expect(hear(["press"], from: 2, &filter) == [false])
        filter.connected(isResumed: false)
        #expect(hear(["press", "press"], again: true, from: 3, &filter) == [false, false])
    }

    @Test("rule 4: a second press that nobody had read is an event, although the broker marks it like the first")
    func unreadSecondPress() {
        var filter = RedeliveryFilter()
        _ = hear(["press"], from: 1, &filter)
        filter.connected(isResumed: true)
        #expect(hear(["press", "press"], again: true, from: 2, &filter) == [true, false])
    }

    @Test("rule 4: a press that came again twice does not make room for swallowing the next one")
    func repeatedRedelivery() {
        var filter = RedeliveryFilter()
        _ = hear(["press"], from: 1, &filter)
        filter.connected(isResumed: true)
        #expect(hear(["press"], again: true, from: 2, &filter) == [true])
        filter.connected(isResumed: true)
        #expect(hear(["press", "press"], again: true, from: 3, &filter) == [true, false])
    }

    @Test("rule 4: out of order is not recognised")
    func order() {
        var filter = RedeliveryFilter()
        _ = hear(["a", "b"], from: 1, &filter)
        filter.connected(isResumed: true)
        #expect(hear(["b", "a"], again: true, from: 3, &filter) == [true, false])
    }

    @Test("rule 4: what a later ping proved acknowledged does not come again")
    func confirmed() {
        var filter = RedeliveryFilter()
        _ = hear(["a", "b"], from: 1, &filter)
        #expect(filter.confirmed(upTo: 1) == 1)
        filter.connected(isResumed: true)
        #expect(hear(["a", "b"], again: true, from: 3, &filter) == [false, true])
    }

    @Test("rule 4: confirming the first half of what came again keeps the second half")
    func halfConfirmed() {
        var filter = RedeliveryFilter()
        _ = hear(["a", "b", "c"], from: 1, &filter)
        filter.connected(isResumed: true)
        #expect(hear(["a"], again: true, from: 4, &filter) == [true])
        // Rows 2 and 3 are on their way still, although their numbers are smaller.
        #expect(filter.confirmed(upTo: 4) == 1)
        filter.connected(isResumed: true)
        #expect(hear(["b", "c"], again: true, from: 5, &filter) == [true, true])
    }

    @Test("rule 4: once the backlog was read, what comes is new, whatever it looks like")
    func caughtUp() {
        var filter = RedeliveryFilter()
        _ = hear(["press"], from: 1, &filter)
        filter.expectUnflagged()
        filter.connected(isResumed: true)
        filter.caughtUp()
        #expect(hear(["press"], from: 2, &filter) == [false])
        #expect(hear(["press"], again: true, from: 3, &filter) == [false])
    }

    @Test("rule 6: what was heard by the spare session comes without a mark, and is recognised once")
    func unflagged() {
        var filter = RedeliveryFilter()
        _ = hear(["a", "b"], from: 1, &filter)
        filter.expectUnflagged()
        filter.connected(isResumed: true)
        #expect(hear(["a", "b", "b"], from: 3, &filter) == [true, true, false])
    }

    @Test("rule 4: an earlier life's rows are known, and a row that repeats another stands for the same message")
    func earlierLife() {
        var filter = RedeliveryFilter(unconfirmed: [
            (1, Self.frame("a")), (2, Self.frame("b")), (3, Self.frame("a", again: true, isDuplicate: true)),
        ])
        filter.connected(isResumed: true)
        #expect(hear(["a", "b", "a"], again: true, from: 4, &filter) == [true, true, false])
    }

    @Test("rule 6: an alarm that could not be stored and comes again in the next life is not the row of another one")
    func lostSession() {
        var filter = RedeliveryFilter(unconfirmed: [(1, Self.frame("press"))])
        filter.connected(isResumed: false)
        #expect(hear(["press"], again: true, from: 2, &filter) == [false])
    }
}
