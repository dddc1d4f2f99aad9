import Dispatch
import Foundation
import Synchronization
import Testing
import VigilNotify
import VigilTesting

@testable import VigilCore
@testable import VigilDaemon

/// The worker around channels that do as the test says; no vendor is imitated here.
@Suite struct DeliveryWorkerTests {
    /// What happened, in order, and a way to wait for it.
    private final class Journal: Sendable {
        private let entries = Mutex<[String]>([])
        private let news = DispatchSemaphore(value: 0)

        var all: [String] { entries.withLock { $0 } }

        func append(_ entry: String) {
            entries.withLock { $0.append(entry) }
            news.signal()
        }

        /// Blocks until as many entries begin like this, or for twenty seconds; answers those that do.
        func wait(for count: Int, _ prefix: String) -> [String] {
            let deadline = DispatchTime.now() + 20
            while true {
                let found = all.filter { $0.hasPrefix(prefix) }
                if found.count >= count || news.wait(timeout: deadline) == .timedOut { return found }
            }
        }
    }

    /// Says when a send begins; one to the address `gate` lasts until the gate opens.
    private struct GatedChannel: NotificationChannel {
        static let kind = "gated"

        let journal: Journal
        let gate: DispatchSemaphore

        static func addressFault(_ address: String) -> String? { nil }
        static func plan(_ settings: inout SettingsReader, services: ChannelServices) -> ChannelPlan? { nil }

        func send(_ delivery: Delivery) -> DeliveryOutcome {
            journal.append("begin \(delivery.id)")
            if delivery.address == "gate" { gate.wait() }
            return .delivered
        }
    }

    private let journal = Journal()
    private let gate = DispatchSemaphore(value: 0)

    private func worker(concurrency: Int = 1) -> DeliveryWorker {
        let (journal, gate) = (journal, gate)
        let factory = ChannelFactory(id: "family", kind: "gated", concurrency: concurrency) {
            GatedChannel(journal: journal, gate: gate)
        }
        return DeliveryWorker(factory, onSent: { journal.append("sent \($0.delivery)") }) { result in
            journal.append("result \(result.delivery) lease \(result.lease) \(result.outcome.map { "\($0)" } ?? "not tried")")
        }
    }

    @Test("a result names its delivery, the lease it was sent under, and the channel's verdict")
    func result() {
        let worker = worker()
        worker.start()

        worker.submit(.leased("a", lease: 3))

        #expect(journal.wait(for: 1, "result") == ["result a lease 3 delivered"])
        _ = worker.stop(within: .seconds(20))
    }

    @Test("the failpoint between send and settlement comes before the result")
    func failpoint() {
        let worker = worker()
        worker.start()

        worker.submit(.leased("a"))

        #expect(journal.wait(for: 1, "result").count == 1)
        #expect(journal.all == ["begin a", "sent a", "result a lease 1 delivered"])
        _ = worker.stop(within: .seconds(20))
    }

    @Test("what waits is sent most severe first, then oldest")
    func order() {
        let worker = worker()
        worker.start()
        worker.submit(.leased("first", address: "gate"))
        #expect(journal.wait(for: 1, "begin").count == 1)

        worker.submit(.leased("blue", .blue, age: 1))
        worker.submit(.leased("red-late", .red, age: 9))
        worker.submit(.leased("yellow", .yellow, age: 2))
        worker.submit(.leased("red-early", .red, age: 3))
        gate.signal()

        #expect(
            journal.wait(for: 5, "begin") == ["begin first", "begin red-early", "begin red-late", "begin yellow", "begin blue"])
        _ = worker.stop(within: .seconds(20))
    }

    @Test("one send that blocks leaves the channel's other slots free")
    func slots() {
        let worker = worker(concurrency: 2)
        worker.start()
        worker.submit(.leased("stuck", address: "gate"))
        #expect(journal.wait(for: 1, "begin stuck").count == 1)

        for number in 0..<100 { worker.submit(.leased(DeliveryID("d\(number)"))) }

        #expect(journal.wait(for: 100, "result d").count == 100)
        #expect(!journal.all.contains { $0.hasPrefix("result stuck") })
        gate.signal()
        #expect(worker.stop(within: .seconds(20)).running == 0)
    }

    @Test("a channel that blocks delays no other (D5)")
    func otherChannels() {
        let stuck = worker()
        let other = worker()
        stuck.start()
        other.start()
        for number in 0..<1000 { stuck.submit(.leased(DeliveryID("stuck\(number)"), address: "gate")) }
        #expect(journal.wait(for: 1, "begin stuck").count == 1)

        for number in 0..<100 { other.submit(.leased(DeliveryID("d\(number)"))) }

        #expect(journal.wait(for: 100, "result d").count == 100)
        #expect(stuck.stop(within: .zero).unsent.count == 999)
        gate.signal()
        _ = other.stop(within: .seconds(20))
    }

    @Test("what was withdrawn before its turn is not sent, and its result says so: its slot is free (architecture, 6)")
    func withdrawn() {
        let worker = worker()
        worker.start()
        worker.submit(.leased("running", address: "gate"))
        #expect(journal.wait(for: 1, "begin").count == 1)
        worker.submit(.leased("a"))
        worker.submit(.leased("b"))

        let caught = worker.withdraw(["running", "a", "never-submitted"])
        gate.signal()

        #expect(caught == ["a"])
        let results = journal.wait(for: 3, "result")
        #expect(results.first?.hasPrefix("result a lease 1 not tried") == true)
        #expect(results.dropFirst() == ["result running lease 1 delivered", "result b lease 1 delivered"])
        _ = worker.stop(within: .seconds(20))
        #expect(!journal.all.contains("begin a"))
    }

    @Test("a stop begins nothing more, waits for what runs, and hands over its result")
    func stop() {
        let worker = worker()
        worker.start()
        worker.submit(.leased("running", address: "gate"))
        #expect(journal.wait(for: 1, "begin").count == 1)
        worker.submit(.leased("b", .yellow))
        worker.submit(.leased("a", .red))
        let stopped = DispatchSemaphore(value: 0)
        let remainder = Remainders()
        Thread {
            let left = worker.stop(within: .seconds(20))
            remainder.value.withLock { $0 = left }
            stopped.signal()
        }.start()

        // Refused from the moment that the stop began.
        while worker.submit(.leased("probe", .blue)) {}
        gate.signal()
        stopped.wait()

        let left = remainder.value.withLock { $0 }
        #expect(left?.running == 0)
        #expect(left?.unsent.map(\.id).prefix(2) == ["a", "b"])
        #expect(journal.all == ["begin running", "sent running", "result running lease 1 delivered"])
    }

    @Test("what nobody recorded is sent even when a stop comes first: no table remembers it (architecture, rule 6)")
    func stopWithUnrecorded() {
        let worker = worker()
        worker.start()
        worker.submit(.leased("running", address: "gate"))
        #expect(journal.wait(for: 1, "begin").count == 1)
        worker.submit(.leased("recorded", .red))
        worker.submit(.leased("unrecorded", .red), isRecorded: false)

        let unsent = worker.beginStop()
        gate.signal()

        #expect(unsent.map(\.id) == ["recorded"])
        #expect(worker.finishStop(by: .now() + 20) == 0)
        #expect(journal.all.filter { $0.hasPrefix("begin") } == ["begin running", "begin unrecorded"])
    }

    private final class Remainders: Sendable {
        let value = Mutex<DeliveryWorker.Remainder?>(nil)
    }

    @Test("a stop does not wait for ever; a send that finishes later still has its result")
    func boundedStop() {
        let worker = worker()
        worker.start()
        worker.submit(.leased("stuck", address: "gate"))
        #expect(journal.wait(for: 1, "begin").count == 1)

        #expect(worker.stop(within: Milliseconds(50)).running == 1)

        gate.signal()
        #expect(journal.wait(for: 1, "result") == ["result stuck lease 1 delivered"])
    }

    @Test("every send that was begun has exactly one result, whenever the stop comes", arguments: 0..<20)
    func noResultLost(seed: Int) {
        let worker = worker(concurrency: 4)
        worker.start()
        for number in 0..<200 { worker.submit(.leased(DeliveryID("d\(number)"))) }
        _ = journal.wait(for: seed * 10, "begin")

        let remainder = worker.stop(within: .seconds(20))

        let begun = journal.all.filter { $0.hasPrefix("begin") }.map { String($0.dropFirst("begin ".count)) }
        let results = journal.all.filter { $0.hasPrefix("result") }.map { String($0.split(separator: " ")[1]) }
        #expect(begun.sorted() == results.sorted())
        #expect(Set(results).count == results.count)
        #expect(results.count + remainder.unsent.count == 200)
        #expect(!worker.submit(.leased("late")))
    }
}
