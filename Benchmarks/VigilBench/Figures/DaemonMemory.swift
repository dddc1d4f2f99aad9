import VigilCore

/// Resident memory of the daemon with 1,000 devices that have all spoken, after some traffic.
struct DaemonMemory {
    let scratch: Scratch

    private static let devices = 1000
    private static let messages = 60_000

    func measure() throws -> [Figure] {
        let directory = try scratch.directory("memory")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let installation = try Installation(in: directory, brokerPort: broker.port)
        let community = Community(devices: Self.devices)
        try installation.store(community.registry)
        let daemon = try RunningDaemon(installation)
        defer { daemon.stop() }
        let begun = try ProcessFacts.mebibytes("VmRSS", of: daemon.identifier)
        let line = try MQTTLine("bench-traffic", port: broker.port)
        for number in 0..<Self.messages {
            let frame = community.frame(number, at: Installation.now)
            try line.publish(frame.topic, frame.payload)
            while line.unacknowledged >= 200 { try line.step() }
        }
        while try daemon.rows < Double(Self.messages) { try line.step(milliseconds: 50) }
        let resident = try ProcessFacts.mebibytes("VmRSS", of: daemon.identifier)
        let peak = try ProcessFacts.mebibytes("VmHWM", of: daemon.identifier)
        return [
            Figure(
                name: "resident memory", measured: resident, unit: "MiB", requirement: .atMost(60),
                note:
                    "after \(Self.messages) messages of \(Self.devices) devices; \(Figure.text(begun)) at the start, peak \(Figure.text(peak))"
            )
        ]
    }
}
