/// Processor time of the broker and the consumer of one measurement, in seconds.
struct CostMeter {
    struct Costs {
        var broker: Double
        var consumer: Double
    }

    private let broker: Int32
    private let consumer: Int32
    private let before: Costs

    init(broker: Int32, consumer: Int32) throws {
        self.broker = broker
        self.consumer = consumer
        before = try Self.read(broker, consumer)
    }

    /// What they have used since.
    var costs: Costs {
        get throws {
            let now = try Self.read(broker, consumer)
            return Costs(broker: now.broker - before.broker, consumer: now.consumer - before.consumer)
        }
    }

    private static func read(_ broker: Int32, _ consumer: Int32) throws -> Costs {
        Costs(broker: try ProcessFacts.processorSeconds(broker), consumer: try ProcessFacts.processorSeconds(consumer))
    }
}
