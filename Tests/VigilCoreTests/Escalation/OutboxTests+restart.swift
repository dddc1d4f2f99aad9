import Testing
import VigilTesting

@testable import VigilCore

/// What a restart and storage that fails make of what is under way.
extension OutboxTests {
    @Test("after a restart what was under way goes again, under the same key and a higher lease (promises D1)")
    func restart() {
        var underWay = delivery("1")
        underWay.state = .sending
        underWay.lease = 3
        var settled = delivery("2")
        settled.state = .delivered
        var waiting = delivery("3")
        waiting.dueAt = start + .hours(1)
        var outbox = outbox(1)
        outbox.restore([underWay, settled, waiting])

        var effects: [Effect] = []
        _ = resume(&outbox, into: &effects)

        #expect(effects.deliveries.map { "\($0.id) \($0.state) \($0.lease)" } == ["1 sending 4"])
        #expect(outbox.nextDeadline == start + Outbox.leaseLength)
    }

    @Test("more deliveries wait for a restarted channel than it has slots, most severe first")
    func restartOrder() {
        var outbox = outbox(1)
        outbox.restore([delivery("1"), delivery("2", .red)])

        var effects: [Effect] = []
        _ = resume(&outbox, into: &effects)

        #expect(sending(effects) == ["2"])
    }

    @Test("what a crash left under way and what finds no slot after it is told as waiting: a table never shows more leases than slots")
    func waitsAgainAfterCrash() {
        var outbox = outbox(1)
        var before = delivery("1", .yellow)
        before.state = .sending
        before.lease = 1
        before.leaseUntil = start + Outbox.leaseLength
        outbox.restore([before, delivery("2", .red)])
        var effects: [Effect] = []

        _ = resume(&outbox, into: &effects)

        #expect(sending(effects) == ["2"])
        #expect(effects.deliveries.filter { $0.state == .ready }.map(\.id) == ["1"])
    }

    @Test("while nothing can be stored only red is leased, and afterwards everything that is due (architecture, rule 6)")
    func unrecorded() {
        var outbox = outbox(3)
        var effects: [Effect] = []
        outbox.recordingEnded()

        for id in ["1", "2"] { outbox.add(delivery(DeliveryID(id)), at: start, into: &effects) }
        outbox.add(delivery("red", .red), at: start, into: &effects)
        let meanwhile = sending(effects)
        var later: [Effect] = []
        outbox.recordingBegan(at: start + .hours(1), into: &later)

        #expect(meanwhile == ["red"])
        #expect(effects.deliveries.filter { $0.state == .ready }.map(\.id) == ["1", "2"])
        #expect(sending(later) == ["1"])
    }

    @Test("a lease under which nothing was tried gives its slot back: the delivery waits as before, and goes under a higher lease")
    func notTried() throws {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.add(delivery("red", .red), at: start, into: &effects)

        var later: [Effect] = []
        let settled = outbox.settle(result("1", nil), at: start + Milliseconds(5), into: &later)
        _ = outbox.settle(result("red"), at: start + .seconds(1), into: &later)

        #expect(settled == nil)
        #expect(
            later.deliveries.map { "\($0.id) \($0.state) \($0.lease)" } == [
                "red sending 1", "1 ready 1", "red delivered 1", "1 sending 2",
            ])
        #expect(later.deliveries.allSatisfy { $0.lastFailure == nil })
    }

    @Test("a slot that comes back while nothing can be stored is not taken by the next that nobody sends")
    func slotComesBack() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.add(delivery("2"), at: start, into: &effects)
        outbox.recordingEnded()

        var later: [Effect] = []
        _ = outbox.settle(result("1", nil), at: start, into: &later)
        let waited = outbox.fireDeadlines(at: start + .minutes(5), into: &later)
        outbox.add(delivery("red", .red), at: start + .minutes(5), into: &later)

        #expect(waited.isEmpty)
        #expect(later.deliveries.map { "\($0.id) \($0.state)" } == ["1 ready", "red sending"])
    }

    @Test("what was withdrawn before anybody was given it frees its slot")
    func withdrawnNotTried() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.add(delivery("2"), at: start, into: &effects)
        outbox.withdraw(["1"], into: &effects)

        var later: [Effect] = []
        _ = outbox.settle(result("1", nil), at: start, into: &later)

        #expect(sending(later) == ["2"])
    }

    @Test("a slot that comes back to a channel that is gone moves its delivery on")
    func notTriedOnGoneChannel() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        _ = outbox.use([], at: start, into: &effects)

        let settled = outbox.settle(result("1", nil), at: start, into: &effects)

        #expect(settled?.delivery.state == .failed)
        #expect(settled?.isFirstFailure == true)
    }

    @Test("a life finds out for itself whether it can record: a start leases everything that is due")
    func recordingAfterStart() {
        var outbox = outbox(1)
        outbox.restore([delivery("1")])
        outbox.recordingEnded()

        var effects: [Effect] = []
        _ = resume(&outbox, into: &effects)

        #expect(sending(effects) == ["1"])
    }
}
