import VigilCore
import VigilDevices

/// What the engine costs per frame, decoding included, with the rules that are built in: in process, no I/O.
///
/// Counted in processor time of one thread, so that others on the box do not count. Frames are made in batches before the clock runs, as a
/// source makes them, and every device reports once a minute of engine time: deadlines of silence are set and judged as in life.
struct EngineCost {
    let scratch: Scratch
    let runs: Int

    private static let few = 100
    private static let many = 100_000
    private static let framesPerRun = 300_000
    private static let batch = 256
    private static let reportEvery = 60_000

    func measure() throws -> [Figure] {
        let rules = try Installation(in: scratch.directory("engine"), brokerPort: 1883).rules()
        var small = Site(devices: Self.few, rules: rules)
        var large = Site(devices: Self.many, rules: rules)
        // Every device has spoken before the clock runs.
        _ = small.run(frames: Self.many)
        _ = large.run(frames: Self.many)
        var costs: (few: [Double], many: [Double]) = ([], [])
        for _ in 0..<runs {
            costs.few.append(small.run(frames: Self.framesPerRun))
            costs.many.append(large.run(frames: Self.framesPerRun))
        }
        let few = Samples(costs.few)
        let many = Samples(costs.many)
        return [
            Figure(
                name: "engine frames/s per core", measured: 1e9 / few.median, unit: "frames/s", requirement: .atLeast(200_000),
                note: "\(Self.few) devices, \(small.meanPayload) byte payloads; ns per frame: \(few.text)"),
            Figure(
                name: "engine cost 100000/100", measured: many.median / few.median, unit: "times", requirement: .atMost(1.5),
                note: "ns per frame with \(Self.many) devices: \(many.text); what is left of it are misses of the caches"),
        ]
    }

    /// An engine with its community.
    private struct Site {
        private let community: Community
        private var engine = Engine(decoders: DecoderRegistry().decoders)
        private var effects: [Effect] = []
        private var number = 0
        private let begin = Installation.now

        init(devices: Int, rules: RuleSet) {
            community = Community(devices: devices)
            apply(.registryChange(community.registry), at: begin)
            apply(.rulesChange(rules), at: begin)
            apply(.health(Health(.source(Community.source), .up)), at: begin)
        }

        var meanPayload: Int {
            let sizes = Community.Kind.allCases.map { Community.payload(of: $0, round: 0, at: begin).count }
            return sizes.reduce(0, +) / sizes.count
        }

        /// Nanoseconds per frame.
        mutating func run(frames count: Int) -> Double {
            var spent: Int64 = 0
            var done = 0
            while done < count {
                let frames = (0..<min(EngineCost.batch, count - done)).map { community.frame(number + $0, at: time(number + $0)) }
                let start = Stopwatch.ofThread
                for frame in frames { take(frame) }
                spent += Stopwatch.ofThread - start
                done += frames.count
            }
            return Double(spent) / Double(count)
        }

        /// As the gateway does: what is due is told first, with how far was heard.
        private mutating func take(_ frame: Frame) {
            let time = time(number)
            number += 1
            if let due = engine.nextDeadline, due <= time {
                apply(.deadline(heardUntil: [HeardUntil(source: Community.source, time: time)]), at: time)
            }
            apply(.frame(frame), at: time)
        }

        /// When the frame with this number arrives.
        private func time(_ number: Int) -> EngineTime {
            begin + Milliseconds(Int64(number * EngineCost.reportEvery / community.deviceCount))
        }

        private mutating func apply(_ input: Input, at time: EngineTime) {
            effects.removeAll(keepingCapacity: true)
            engine.apply(StampedInput(sequence: engine.sequence + 1, at: time, input: input), into: &effects)
        }
    }
}
