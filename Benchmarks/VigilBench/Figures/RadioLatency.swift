import VigilCore

/// From "a press is on the air" to "webhook request received", as a multiple of the same from "a press is published" on MQTT.
///
/// The two take turns in one daemon. Every press comes from another resident: each raises an alert of its own and sends its first message.
struct RadioLatency {
    let scratch: Scratch
    /// The median of their multiples counts.
    let runs: Int

    private static let warmUp = 20
    private static let samples = 200

    func measure() throws -> [Figure] {
        let directory = try scratch.directory("radio-latency")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let controller = try RadioController()
        defer { controller.stop() }
        let receiver = try HookReceiver()
        let installation = try Installation(in: directory, brokerPort: broker.port, radioPort: controller.port)
        let residents = 2 * (Self.warmUp + runs * Self.samples)
        var registry = Community(devices: residents * Community.Kind.allCases.count, hookPort: receiver.port).registry
        // Of every other resident the button is heard over the air.
        for resident in stride(from: 1, to: residents, by: 2) {
            let button = Self.button(of: resident)
            registry.devices[button].address = RadioHomes.deviceAddress(of: button)
            registry.devices[button].button = .sos
        }
        try installation.store(registry)
        let daemon = try RunningDaemon(installation)
        defer { daemon.stop() }
        try controller.waitForScan()
        let line = try MQTTLine("bench-probe", port: broker.port)
        _ = try run(line, controller, receiver, pairs: 0..<Self.warmUp)
        let legs = try (0..<runs).map { number in
            let start = Self.warmUp + number * Self.samples
            return try run(line, controller, receiver, pairs: start..<start + Self.samples)
        }
        let multiples = Samples(legs.map { $0.air.quantile(0.99) / $0.broker.quantile(0.99) })
        let (air, wire) = (Samples(legs.flatMap(\.air.values)), Samples(legs.flatMap(\.broker.values)))
        let note = """
            runs \(multiples.text); air p50 \(Figure.text(air.median)) p99 \(Figure.text(air.quantile(0.99))) ms; \
            MQTT p50 \(Figure.text(wire.median)) p99 \(Figure.text(wire.quantile(0.99))) ms; \(Self.samples) samples a run
            """
        return [
            Figure(name: "bluetooth alert latency", measured: multiples.median, unit: "x MQTT p99", requirement: .atMost(3), note: note)
        ]
    }

    private static func button(of resident: Int) -> Int { resident * Community.Kind.allCases.count + Community.Kind.button.rawValue }

    private func run(
        _ line: MQTTLine, _ controller: RadioController, _ receiver: HookReceiver, pairs: Range<Int>
    ) throws -> (air: Samples, broker: Samples) {
        var air: [Double] = []
        var broker: [Double] = []
        for pair in pairs {
            let published = 2 * pair
            broker.append(
                try time(to: published, receiver) {
                    try line.publish("zigbee2mqtt/\(Community.name(of: Self.button(of: published)))", Community.press)
                })
            try pause(line)
            let heard = published + 1
            air.append(
                try time(to: heard, receiver) {
                    try controller.tell(RadioController.report(RadioHomes.address(of: Self.button(of: heard)), RadioHomes.press(pair)))
                })
            try pause(line)
        }
        return (Samples(air), Samples(broker))
    }

    /// Milliseconds until the message about a resident is there.
    private func time(to resident: Int, _ receiver: HookReceiver, _ press: () throws -> Void) throws -> Double {
        let start = Stopwatch.now
        try press()
        guard let arrival = receiver.arrival("/\(Community.resident(resident))") else {
            throw BenchFailure("no message came for \(Community.resident(resident)) in 10 s")
        }
        return Double(arrival - start) / 1e6
    }

    /// Not in step with anything, and idle in between.
    private func pause(_ line: MQTTLine) throws {
        for _ in 0..<3 { try line.step(milliseconds: Int32.random(in: 2...8)) }
    }
}
