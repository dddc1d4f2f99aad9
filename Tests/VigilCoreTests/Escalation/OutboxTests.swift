import Testing
import VigilTesting

@testable import VigilCore

struct OutboxTests {
    let start = EngineTime(1_000_000)

    func outbox(_ concurrency: Int) -> Outbox {
        var outbox = Outbox()
        var effects: [Effect] = []
        _ = outbox.use([ChannelLimits(id: "push", concurrency: concurrency)], at: start, into: &effects)
        return outbox
    }

    func delivery(_ id: DeliveryID, _ severity: Severity = .yellow, created: EngineTime? = nil) -> Delivery {
        let message = Message(
            language: .english, title: "t", body: "b", alert: "a", kind: "sos", severity: severity, purpose: .notify,
            isAcceptable: true,
            contact: "c")
        let at = created ?? start
        return Delivery(
            id: id, alert: "a", notice: 1, purpose: .notify, step: 0, round: 0, contact: "c", channel: "push", address: "x", method: 0,
            severity: severity, message: message, state: .ready, createdAt: at, dueAt: at, lease: 0, expiresAt: at + .hours(24))
    }

    func sending(_ effects: [Effect]) -> [DeliveryID] { effects.deliveries.filter { $0.state == .sending }.map(\.id) }

    func result(_ id: DeliveryID, lease: Int = 1, _ outcome: DeliveryOutcome? = .delivered) -> DeliveryResult {
        DeliveryResult(delivery: id, lease: lease, outcome: outcome)
    }

    func resume(_ outbox: inout Outbox, into effects: inout [Effect]) -> [Settlement] {
        let underWay = outbox.forgetWorkers()
        return outbox.resume(underWay, at: start, into: &effects)
    }

    @Test("a delivery that finds a free slot is told as leased, and only so")
    func leasedAtOnce() {
        var outbox = outbox(1)
        var effects: [Effect] = []

        outbox.add(delivery("1"), at: start, into: &effects)

        #expect(effects.deliveries.map(\.state) == [.sending])
        #expect(effects.deliveries.first?.lease == 1)
        #expect(effects.deliveries.first?.leaseUntil == start + Outbox.leaseLength)
    }

    @Test("one that finds none waits, and goes when a slot is free")
    func waits() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.add(delivery("2"), at: start, into: &effects)
        let waiting = effects.deliveries.last

        var later: [Effect] = []
        _ = outbox.settle(result("1"), at: start, into: &later)

        #expect(waiting?.state == .ready)
        #expect(sending(later) == ["2"])
    }

    @Test("the most severe goes first, then the oldest")
    func order() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("0"), at: start, into: &effects)
        outbox.add(delivery("young", .yellow, created: start + .seconds(2)), at: start + .seconds(2), into: &effects)
        outbox.add(delivery("old", .yellow, created: start + .seconds(1)), at: start + .seconds(2), into: &effects)
        outbox.add(delivery("blue", .blue), at: start + .seconds(2), into: &effects)
        outbox.add(delivery("red", .red, created: start + .seconds(2)), at: start + .seconds(2), into: &effects)

        var order: [DeliveryID] = []
        var current: DeliveryID = "0"
        for _ in 0..<4 {
            var later: [Effect] = []
            _ = outbox.settle(result(current), at: start + .seconds(3), into: &later)
            current = sending(later).first ?? ""
            order.append(current)
        }

        #expect(order == ["red", "old", "young", "blue"])
    }

    /// A message that was tried and waits for a slot to be tried again, behind one that has it.
    private func retryingOutbox(_ severity: Severity) -> Outbox {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("retry", severity), at: start, into: &effects)
        _ = outbox.settle(result("retry", .retryable(reason: "503", after: nil)), at: start, into: &effects)
        outbox.add(delivery("busy", severity, created: start + .seconds(1)), at: start + .seconds(1), into: &effects)
        _ = outbox.fireDeadlines(at: start + .seconds(20), into: &effects)
        return outbox
    }

    @Test("what was never tried goes before what is tried again, however old that is; the more severe goes first all the same")
    func freshBeforeRetries() {
        for (retrying, fresh, expected) in [(Severity.yellow, Severity.yellow, "fresh"), (.red, .yellow, "retry")] {
            var outbox = retryingOutbox(retrying)
            var effects: [Effect] = []
            outbox.add(delivery("fresh", fresh, created: start + .seconds(20)), at: start + .seconds(20), into: &effects)
            var later: [Effect] = []

            _ = outbox.settle(result("busy"), at: start + .seconds(21), into: &later)

            #expect(sending(later) == [DeliveryID(expected)])
        }
    }

    @Test("what was leased and not tried waits as if it had never been leased")
    func notTriedIsFresh() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("old"), at: start, into: &effects)
        outbox.add(delivery("young", created: start + .seconds(1)), at: start + .seconds(1), into: &effects)
        var later: [Effect] = []

        _ = outbox.settle(result("old", nil), at: start + .seconds(2), into: &later)

        #expect(sending(later) == ["old"])
    }

    @Test("one slot of two or more is kept for red (promises 4)")
    func reservedSlot() {
        var outbox = outbox(2)
        var effects: [Effect] = []

        for id in ["1", "2", "3"] { outbox.add(delivery(DeliveryID(id)), at: start, into: &effects) }
        outbox.add(delivery("red", .red), at: start, into: &effects)
        outbox.add(delivery("red2", .red), at: start, into: &effects)

        #expect(sending(effects) == ["1", "red"])
    }

    @Test("red may use every slot")
    func redEverywhere() {
        var outbox = outbox(2)
        var effects: [Effect] = []

        for id in ["1", "2"] { outbox.add(delivery(DeliveryID(id), .red), at: start, into: &effects) }

        #expect(sending(effects) == ["1", "2"])
    }

    @Test("a result of another lease changes nothing (promises D8)", arguments: [0, 2])
    func fencing(lease: Int) {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)

        var later: [Effect] = []
        let settled = outbox.settle(result("1", lease: lease), at: start, into: &later)

        #expect(settled == nil)
        #expect(later.isEmpty)
    }

    @Test("what is withdrawn under way keeps its slot until its worker answers: a crash must not find more under way than slots")
    func withdrawnUnderWay() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.withdraw(["1"], into: &effects)

        outbox.add(delivery("2"), at: start, into: &effects)
        _ = outbox.settle(result("1", lease: 2), at: start, into: &effects)
        let before = sending(effects)
        var later: [Effect] = []
        let settled = outbox.settle(result("1"), at: start, into: &later)

        #expect(before == ["1"])
        #expect(settled == nil)
        #expect(sending(later) == ["2"])
    }

    @Test("a worker that never answers for what was withdrawn gives the slot back when its lease is over")
    func withdrawnAndLost() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.add(delivery("2"), at: start, into: &effects)
        outbox.withdraw(["1"], into: &effects)

        var later: [Effect] = []
        let lost = outbox.fireDeadlines(at: start + Outbox.leaseLength, into: &later)

        #expect(lost.isEmpty)
        #expect(sending(effects) == ["1"])
        #expect(sending(later) == ["2"])
    }

    @Test("a channel that goes and comes back has no more slots than it had: its workers may still be sending")
    func channelReturns() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        _ = outbox.use([], at: start, into: &effects)
        _ = outbox.use([ChannelLimits(id: "push", concurrency: 1)], at: start, into: &effects)

        outbox.add(delivery("2"), at: start, into: &effects)

        #expect(sending(effects) == ["1"])
    }

    @Test("a second result of the same attempt changes nothing (promises D8)")
    func doubleSettle() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        _ = outbox.settle(result("1"), at: start, into: &effects)

        let again = outbox.settle(result("1", .permanent(reason: "late")), at: start, into: &effects)

        #expect(again == nil)
    }

    @Test("a worker that does not answer within its lease has failed once, and the slot is free")
    func leaseOver() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        let early = outbox.fireDeadlines(at: start + Outbox.leaseLength - Milliseconds(1), into: &effects)

        let lost = outbox.fireDeadlines(at: start + Outbox.leaseLength, into: &effects)

        #expect(early.isEmpty)
        #expect(lost.map(\.delivery.id) == ["1"])
        #expect(lost.map(\.isFirstFailure) == [true])
    }

    @Test("a retry comes at its due time, under a higher lease and the same key")
    func retry() throws {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        let failed = try #require(
            outbox.settle(result("1", .retryable(reason: "503", after: nil)), at: start, into: &effects))
        #expect((Milliseconds(1600)...Milliseconds(2400)).contains(failed.delivery.dueAt - start))

        var later: [Effect] = []
        _ = outbox.fireDeadlines(at: failed.delivery.dueAt - Milliseconds(1), into: &later)
        #expect(later.isEmpty)
        _ = outbox.fireDeadlines(at: failed.delivery.dueAt, into: &later)

        #expect(later.deliveries.map(\.lease) == [2])
        #expect(sending(later) == ["1"])
    }

    @Test("a provider's wish for patience is obeyed, up to five minutes (promises D2)", arguments: [(60, 60), (3600, 300), (0, 2)])
    func retryAfter(asked: Int64, waited: Int64) throws {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)

        let failed = try #require(
            outbox.settle(result("1", .retryable(reason: "429", after: .seconds(asked))), at: start, into: &effects))

        #expect(abs((failed.delivery.dueAt - start).rawValue - waited * 1000) <= waited * 200)
    }

    @Test("a retry that would come after its expiry is a failure")
    func expiry() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        var short = delivery("1")
        short.expiresAt = start + .seconds(1)
        outbox.add(short, at: start, into: &effects)

        let failed = outbox.settle(result("1", .retryable(reason: "503", after: nil)), at: start, into: &effects)

        #expect(failed?.delivery.state == .failed)
        #expect(failed?.delivery.lastFailure == "expired: 503")
        #expect(failed?.isExpired == true && failed?.isFirstFailure == false)
    }

    @Test("when the worker has answered for what was withdrawn, nothing that was withdrawn with it takes the slot")
    func withdrawal() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        for id in ["1", "2", "3"] { outbox.add(delivery(DeliveryID(id)), at: start, into: &effects) }

        var later: [Effect] = []
        outbox.withdraw(["1", "2"], into: &later)
        _ = outbox.settle(result("1"), at: start, into: &later)

        #expect(later.deliveries.map { "\($0.id) \($0.state)" } == ["1 withdrawn", "2 withdrawn", "3 sending"])
    }

    @Test("what waits for a slot until its time is over fails as expired, at that time, and is never leased")
    func expiredWaiting() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        var short = delivery("2")
        short.expiresAt = start + .seconds(10)
        outbox.add(short, at: start, into: &effects)

        var later: [Effect] = []
        let early = outbox.fireDeadlines(at: short.expiresAt - Milliseconds(1), into: &later)
        let expired = outbox.fireDeadlines(at: short.expiresAt, into: &later)
        _ = outbox.settle(result("1"), at: short.expiresAt, into: &later)

        #expect(early.isEmpty)
        #expect(expired.map(\.isExpired) == [true])
        #expect(later.deliveries.map { "\($0.id) \($0.state) \($0.lastFailure ?? "-")" } == ["2 failed expired", "1 delivered -"])
    }

    @Test("the result of a withdrawn attempt changes nothing")
    func withdrawnResult() {
        var outbox = outbox(1)
        var effects: [Effect] = []
        outbox.add(delivery("1"), at: start, into: &effects)
        outbox.withdraw(["1"], into: &effects)

        let settled = outbox.settle(result("1"), at: start, into: &effects)

        #expect(settled == nil)
    }
}
