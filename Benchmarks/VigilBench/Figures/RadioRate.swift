import Glibc

/// How many advertisements a second go through journal and engine, against a host that throws away what the same controller tells; and what
/// one costs that was heard before.
///
/// The controller tells 20,000 a second: twice what is promised, and more than any radio hears. The gateway runs on one core. What counts is
/// the rate between a tenth and nine tenths of the advertisements, each of which is news.
struct RadioRate {
    let scratch: Scratch
    let runs: Int

    private static let pace = 20_000
    private static let count = 100_000
    private static let devices = 200
    private static let repeats = 400_000

    private struct Leg {
        var rate: Double
        /// Microseconds of processor time for each.
        var cost: Double
    }

    func measure() throws -> [Figure] {
        var heard: [Leg] = []
        var discarded: [Double] = []
        var repeats: [Double] = []
        for _ in 0..<runs {
            discarded.append(try discard())
            let (leg, cost) = try hear()
            heard.append(leg)
            repeats.append(cost)
        }
        let rates = Samples(heard.map(\.rate))
        let ratios = Samples(zip(heard, discarded).map { $0.rate / $1 })
        let note = """
            ratios \(ratios.text); discarding \(Figure.text(Samples(discarded).median))/s; \
            \(Figure.text(Samples(heard.map(\.cost)).median)) us of processor time each, on one core; none lost
            """
        return [
            Figure(
                name: "bluetooth receive rate", measured: ratios.median, unit: "of discarding", requirement: .atLeast(0.5), note: note),
            Figure(
                name: "bluetooth sustained", measured: rates.median, unit: "adverts/s", requirement: .atLeast(10_000),
                note: "runs \(rates.text)"),
            Figure(
                name: "bluetooth repeat", measured: Samples(repeats).median, unit: "us", requirement: .atMost(2),
                note: "runs \(Samples(repeats).text); of all that the gateway does for an advertisement that was just heard"),
        ]
    }

    private func discard() throws -> Double {
        let controller = try RadioController()
        defer { controller.stop() }
        let host = try RadioHost(port: controller.port)
        defer { host.hangUp() }
        try controller.waitForScan()
        let length = RadioController.report(0, RadioHomes.climate(0)).count
        let teller = TellingThread(controller, count: Self.count, pace: Self.pace, devices: Self.devices)
        let (begin, end) = try host.discard(length * Self.count)
        try teller.join()
        return Double(Self.count) * 0.8 / (Double(end - begin) / 1e9)
    }

    private func hear() throws -> (news: Leg, repeatCost: Double) {
        let directory = try scratch.directory("radio")
        let controller = try RadioController()
        defer { controller.stop() }
        let installation = try Installation(in: directory, radioPort: controller.port)
        try installation.store(RadioHomes.registry(devices: Self.devices))
        let daemon = try RunningDaemon(installation, core: 0)
        defer { daemon.stop() }
        try controller.waitForScan()
        let before = try (daemon.rows, ProcessFacts.processorSeconds(daemon.identifier))
        let teller = TellingThread(controller, count: Self.count, pace: Self.pace, devices: Self.devices)
        let begin = try daemon.time(ofRows: before.0 + Double(Self.count) / 10)
        let end = try daemon.time(ofRows: before.0 + Double(Self.count) * 0.9)
        try teller.join()
        try daemon.wait(forRows: Int(before.0) + Self.count)
        let cost = try (ProcessFacts.processorSeconds(daemon.identifier) - before.1) * 1e6 / Double(Self.count)
        return (Leg(rate: Double(Self.count) * 0.8 / ((end - begin) / 1e9), cost: cost), try costOfRepeat(controller, daemon))
    }

    /// The same advertisement of one device, as fast as it is taken.
    private func costOfRepeat(_ controller: RadioController, _ daemon: RunningDaemon) throws -> Double {
        let report = RadioController.report(RadioHomes.address(of: 0), RadioHomes.climate(1))
        let many = Array(repeatElement(report, count: 100).joined())
        try controller.tell(report)
        Stopwatch.sleep(milliseconds: 1500)
        let before = try ProcessFacts.processorSeconds(daemon.identifier)
        for _ in 0..<Self.repeats / 100 { try controller.tell(many) }
        // What is on the way is read before the account is.
        Stopwatch.sleep(milliseconds: 500)
        return try (ProcessFacts.processorSeconds(daemon.identifier) - before) * 1e6 / Double(Self.repeats)
    }
}
