import Foundation

/// How many messages a second are durable before they are acknowledged, against a consumer that throws them away.
///
/// The two take turns, each with a broker and a publisher of its own but the same settings and messages. What counts is the rate between a
/// tenth and nine tenths of the messages: neither the start nor the linger of the last turn belongs to it.
struct ReceiveRate {
    let scratch: Scratch
    let runs: Int

    private static let count = 40_000
    private static let devices = 100

    /// One leg: messages a second, and microseconds of processor time per message of those who took part.
    private struct Leg {
        var rate: Double
        var broker: Double
        var consumer: Double
    }

    func measure() throws -> [Figure] {
        var durable: [Leg] = []
        var discarding: [Leg] = []
        for _ in 0..<runs {
            discarding.append(try discardingLeg())
            durable.append(try durableLeg())
        }
        let ratios = Samples(zip(durable, discarding).map { $0.rate / $1.rate })
        func median(_ legs: [Leg], _ part: (Leg) -> Double) -> String { Figure.text(Samples(legs.map(part)).median) }
        let note = """
            durable \(median(durable, \.rate))/s, discarding \(median(discarding, \.rate))/s; ratios \(ratios.text); CPU us per message \
            durable: broker \(median(durable, \.broker)), gateway \(median(durable, \.consumer)); discarding: broker \
            \(median(discarding, \.broker)), consumer \(median(discarding, \.consumer)); what is left of a core waits for the broker's disk
            """
        return [
            Figure(name: "durable receive rate", measured: ratios.median, unit: "of discarding", requirement: .atLeast(0.8), note: note)
        ]
    }

    private func discardingLeg() throws -> Leg {
        let directory = try scratch.directory("discard")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let consumer = try Child.ofOwn(
            ["child-discard", "--port", "\(broker.port)", "--count", "\(Self.count)"], log: directory + "/discard.log")
        // Its session stands before the first message.
        _ = try consumer.line()
        let meter = try CostMeter(broker: broker.identifier, consumer: consumer.identifier)
        try publish(to: broker, directory).wait()
        // It says when it has all, and stays until it is asked to go: its account is read before.
        let times = try consumer.line().split(separator: " ").compactMap { Double($0) }
        let cost = try meter.costs
        consumer.end()
        guard times.count == 2 else { throw BenchFailure("the discarding consumer said nothing; see \(directory)") }
        return leg(seconds: (times[1] - times[0]) / 1e9, cost)
    }

    private func durableLeg() throws -> Leg {
        let directory = try scratch.directory("durable")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let installation = try Installation(in: directory, brokerPort: broker.port)
        try installation.store(Community(devices: Self.devices * Community.Kind.allCases.count).registry)
        let daemon = try RunningDaemon(installation)
        defer { daemon.stop() }
        let meter = try CostMeter(broker: broker.identifier, consumer: daemon.identifier)
        let publisher = try publish(to: broker, directory)
        let begin = try daemon.time(ofRows: Double(Self.count / 10))
        let end = try daemon.time(ofRows: Double(Self.count * 9 / 10))
        publisher.wait()
        try daemon.wait(forRows: Self.count)
        let cost = try meter.costs
        return leg(seconds: (end - begin) / 1e9, cost)
    }

    private func publish(to broker: PrivateBroker, _ directory: String) throws -> Child {
        try Child.neighbour(
            "vigil-sim",
            [
                "burst", "--broker", "127.0.0.1:\(broker.port)", "--count", "\(Self.count)", "--devices", "\(Self.devices)",
                "--in-flight", "1000",
            ], log: directory + "/burst.log")
    }

    private func leg(seconds: Double, _ cost: CostMeter.Costs) -> Leg {
        let each = 1e6 / Double(Self.count)
        return Leg(
            rate: Double(Self.count) * 0.8 / seconds, broker: cost.broker * each, consumer: cost.consumer * each)
    }
}
