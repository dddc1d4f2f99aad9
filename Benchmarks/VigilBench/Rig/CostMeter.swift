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
        var used = 0.0
        while publisher.isRunning {
            // At its end the kernel closes its account: what was read before stands.
            used = max(used, (try? ProcessFacts.processorSeconds(publisher.identifier)) ?? 0)
            Stopwatch.sleep(milliseconds: 10)
        }
        return Costs(
            broker: try ProcessFacts.processorSeconds(broker) - before.broker,
            consumer: try ProcessFacts.processorSeconds(consumer) - before.consumer, publisher: used)
    }
}
