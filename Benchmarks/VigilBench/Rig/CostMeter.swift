/// Processor time of the parts of one measurement, in seconds.
struct CostMeter {
    struct Costs {
        var broker: Double
        var consumer: Double
        var publisher: Double
    }

    private let broker: Int32
    private let consumer: Int32
    private let before: (broker: Double, consumer: Double)

    init(broker: Int32, consumer: Int32) throws {
        self.broker = broker
        self.consumer = consumer
        before = (try ProcessFacts.processorSeconds(broker), try ProcessFacts.processorSeconds(consumer))
    }

    /// Follows the publisher to its end, and tells what all have used until then.
    func costs(untilTheEndOf publisher: Child) throws -> Costs {
        var used = Costs(broker: 0, consumer: 0, publisher: 0)
        while publisher.isRunning {
            // When a process ends, the kernel closes its account: what was read before stands.
            used.publisher = max(used.publisher, (try? ProcessFacts.processorSeconds(publisher.identifier)) ?? 0)
            used.consumer = max(used.consumer, (try? ProcessFacts.processorSeconds(consumer) - before.consumer) ?? 0)
            Stopwatch.sleep(milliseconds: 10)
        }
        used.broker = try ProcessFacts.processorSeconds(broker) - before.broker
        return used
    }
}
