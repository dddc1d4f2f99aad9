import Testing

@testable import VigilCore
@testable import VigilDaemon

@Suite struct DeliveryQueueTests {
    private func queue(_ deliveries: [Delivery]) -> DeliveryQueue {
        var queue = DeliveryQueue()
        for delivery in deliveries { queue.insert(delivery) }
        return queue
    }

    @Test("most severe first, then oldest, whatever the order of arrival")
    func order() {
        let sorted: [Delivery] = [
            .leased("r1", .red, age: 1), .leased("r2", .red, age: 2), .leased("y0", .yellow, age: 0), .leased("y9", .yellow, age: 9),
            .leased("b0", .blue, age: 0),
        ]
        for seed in 0..<120 {
            var generator = Permutations(seed: seed)
            var queue = queue(sorted.shuffled(using: &generator))

            var ids: [DeliveryID] = []
            while let next = queue.next() { ids.append(next.id) }

            #expect(ids == sorted.map(\.id))
        }
    }

    @Test("what is taken out is named, what was never there is not")
    func remove() {
        var queue = queue([.leased("a"), .leased("b"), .leased("c")])

        #expect(Set(queue.remove(["a", "c", "x"]).map(\.id)) == ["a", "c"])
        #expect(queue.removeRecorded().map(\.id) == ["b"])
        #expect(queue.count == 0)
    }

    /// A small generator, so that a failure comes again.
    private struct Permutations: RandomNumberGenerator {
        var seed: Int
        private var state: UInt64

        init(seed: Int) {
            self.seed = seed
            state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
        }

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}

extension Delivery {
    static func leased(
        _ id: DeliveryID, _ severity: Severity = .red, age: Int64 = 0, address: String = "wang", channel: ChannelID = "family",
        lease: Int = 1
    ) -> Delivery {
        Delivery(
            id: id, alert: "fall-r0042-7", notice: 1, purpose: .notify, step: 0, round: 0, contact: "c-wang", channel: channel,
            address: address, method: 0, severity: severity,
            message: Message(
                language: .english, title: "Fall", body: "3-2-501", alert: "fall-r0042-7", kind: "fall", severity: severity,
                purpose: .notify, isAcceptable: true, contact: "c-wang"),
            state: .sending, createdAt: EngineTime(age), dueAt: EngineTime(age), lease: lease, leaseUntil: nil, lastFailure: nil,
            expiresAt: EngineTime(.max))
    }
}
