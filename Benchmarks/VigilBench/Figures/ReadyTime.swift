/// From the start of the process to "ready", after a kill with a million rows in the journal and the longest tail behind the snapshot.
struct ReadyTime {
    let scratch: Scratch
    let runs: Int

    private static let rows = 1_000_000
    private static let devices = 1000

    func measure() throws -> [Figure] {
        let directory = try scratch.directory("ready")
        let broker = try PrivateBroker(in: directory)
        defer { broker.stop() }
        let filler = try Child.ofOwn(
            ["child-fill", directory, "--broker-port", "\(broker.port)", "--rows", "\(Self.rows)", "--devices", "\(Self.devices)"],
            log: directory + "/fill.log")
        // It ends with the kill that is asked about.
        filler.wait()
        let installation = try Installation(in: directory, brokerPort: broker.port)
        var times: [Double] = []
        for _ in 0..<runs {
            let daemon = try RunningDaemon(installation)
            times.append(daemon.secondsToReady)
            daemon.kill()
        }
        let seconds = Samples(times)
        return [
            Figure(
                name: "ready after a kill", measured: seconds.worst, unit: "s", requirement: .atMost(5),
                note: "\(Self.rows) rows, \(Self.devices) devices, tail of 100000; the slowest of \(seconds.text)")
        ]
    }
}
