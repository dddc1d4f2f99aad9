import Foundation

/// From "SOS published" to "webhook request received", as a multiple of what the broker alone takes from publish to subscribe.
///
/// Both are measured by turns, so under the same load of the box. Both publish with QoS 1 on the same connection, and are heard by a
/// subscriber of its own with a durable session. Every SOS comes from another resident: each raises an alert of its own and sends its
/// first message.
struct AlertLatency {
    let scratch: Scratch
    /// In each of the two loads; the median of their multiples counts.
    let runs: Int

    private static let warmUp = 20
    /// In each run.
    private static let samples = 200
    private static let rate = 2000
    private static let probe = "bench/probe"

    /// What was measured in one load, run by run.
    private struct Leg {
        var runs: [(alert: Samples, broker: Samples)] = []
        var multiples: Samples { Samples(runs.map { $0.alert.quantile(0.99) / $0.broker.quantile(0.99) }) }
        var alert: Samples { Samples(runs.flatMap(\.alert.values)) }
        var broker: Samples { Samples(runs.flatMap(\.broker.values)) }
        var text: String {
            func milliseconds(_ samples: Samples) -> String {
                "p50 \(Figure.text(samples.median)) p99 \(Figure.text(samples.quantile(0.99))) max \(Figure.text(samples.worst)) ms"
            }
            return """
                runs \(multiples.text); alert \(milliseconds(alert)); broker \(milliseconds(broker)); \(AlertLatency.samples) samples a run
                """
        }
    }

    func measure() throws -> [Figure] {
        let directory = try scratch.directory("latency")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let receiver = try HookReceiver()
        let installation = try Installation(in: directory, brokerPort: broker.port)
        let residents = Self.warmUp + 2 * runs * Self.samples
        try installation.store(
            Community(devices: residents * Community.Kind.allCases.count, hookPort: receiver.port).registry)
        let daemon = try RunningDaemon(installation)
        defer { daemon.stop() }
        let line = try MQTTLine("bench-probe", port: broker.port)
        let ear = try ProbeEar(Self.probe, port: broker.port)

        _ = try run(line, ear, receiver, residents: 0..<Self.warmUp)
        let idle = try leg(line, ear, receiver, from: Self.warmUp)
        let load = try Child.neighbour(
            "vigil-sim",
            [
                "flood", "--broker", "127.0.0.1:\(broker.port)", "--rate", "\(Self.rate)", "--count", "\(Self.rate * 60 * (1 + runs))",
                "--devices",
                "500",
            ], log: directory + "/flood.log")
        Stopwatch.sleep(milliseconds: 2000)
        let before = (Stopwatch.now, try daemon.rows)
        let busy = try leg(line, ear, receiver, from: Self.warmUp + runs * Self.samples)
        let rows = try daemon.rows - before.1
        let rate = rows * 1e9 / Double(Stopwatch.now - before.0)
        guard load.isRunning else { throw BenchFailure("the other traffic ended too early; see \(directory)/flood.log") }
        load.end()
        return [
            Figure(
                name: "alert latency idle", measured: idle.multiples.median, unit: "x broker p99", requirement: .atMost(10),
                note: idle.text),
            Figure(
                name: "alert latency under load", measured: busy.multiples.median, unit: "x broker p99", requirement: .atMost(25),
                note: """
                    \(busy.text); against the idle broker's p99: \
                    \(Figure.text(busy.alert.quantile(0.99) / idle.broker.quantile(0.99))) times; \(Figure.text(rate)) rows/s committed
                    """),
        ]
    }

    private func leg(_ line: MQTTLine, _ ear: ProbeEar, _ receiver: HookReceiver, from first: Int) throws -> Leg {
        Leg(
            runs: try (0..<runs).map { number in
                let start = first + number * Self.samples
                return try run(line, ear, receiver, residents: start..<start + Self.samples)
            })
    }

    private func run(
        _ line: MQTTLine, _ ear: ProbeEar, _ receiver: HookReceiver, residents: Range<Int>
    ) throws -> (alert: Samples, broker: Samples) {
        var alerts: [Double] = []
        var broker: [Double] = []
        for resident in residents {
            let probed = Stopwatch.now
            try line.publish(Self.probe, Community.press)
            broker.append(Double(try ear.next() - probed) / 1e6)
            // The same pause before either.
            try pause(line)
            let name = Community.name(of: resident * Community.Kind.allCases.count + Community.Kind.button.rawValue)
            let start = Stopwatch.now
            try line.publish("zigbee2mqtt/\(name)", Community.press)
            guard let arrival = receiver.arrival("/\(Community.resident(resident))") else {
                throw BenchFailure("no message came for \(name) in 10 s")
            }
            alerts.append(Double(arrival - start) / 1e6)
            try pause(line)
        }
        return (Samples(alerts), Samples(broker))
    }

    /// Not in step with anything, and idle in between.
    private func pause(_ line: MQTTLine) throws {
        for _ in 0..<3 { try line.step(milliseconds: Int32.random(in: 2...8)) }
    }
}
