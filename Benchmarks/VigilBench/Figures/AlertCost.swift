import VigilCore
import VigilDevices

/// What an alert costs the engine from its raise to its end, with few and with many others open: in process, no I/O.
///
/// One alert is a press for help, a second press, an acceptance, an arrival and a close with an outcome, with every message delivered.
/// Counted in processor time of one thread; by turns, so that both see the same caches and the same box. The others stand as they do in
/// life: every second one has an owner, and all their messages have arrived.
struct AlertCost {
    let scratch: Scratch
    let runs: Int

    private static let few = 100
    private static let many = 10_000
    private static let alertsPerRun = 200

    func measure() throws -> [Figure] {
        let rules = try Installation(in: scratch.directory("alerts"), brokerPort: 1883, told: [.family, .communityLead]).rules()
        let fresh = (runs + 1) * Self.alertsPerRun
        var small = Desk(standing: Self.few, fresh: fresh, rules: rules)
        var large = Desk(standing: Self.many, fresh: fresh, rules: rules)
        _ = try small.run(Self.alertsPerRun)
        _ = try large.run(Self.alertsPerRun)
        var costs: (few: [Double], many: [Double]) = ([], [])
        for _ in 0..<runs {
            costs.few.append(try small.run(Self.alertsPerRun))
            costs.many.append(try large.run(Self.alertsPerRun))
        }
        let few = Samples(costs.few)
        let many = Samples(costs.many)
        return [
            Figure(
                name: "alert cost 10000/100 open", measured: many.median / few.median, unit: "times", requirement: .atMost(1.5),
                note: "us per alert with \(Self.few) open: \(few.text); with \(Self.many): \(many.text)")
        ]
    }

    /// An engine in which alerts stand open, and people who have not pressed yet.
    private struct Desk {
        private let standing: Int
        private var engine = Engine(decoders: DecoderRegistry().decoders)
        private var effects: [Effect] = []
        private var now = Installation.now
        private var nextResident: Int
        private var commands = 0

        init(standing: Int, fresh: Int, rules: RuleSet) {
            self.standing = standing
            nextResident = standing
            apply(.registryChange(Community(devices: (standing + fresh) * Community.Kind.allCases.count).registry))
            apply(.rulesChange(rules))
            apply(.health(Health(.source(Community.source), .up)))
            for resident in 0..<standing {
                press(resident, after: Milliseconds(10))
                if resident.isMultiple(of: 2) { act(.accept(Self.alert(resident)), resident) }
            }
        }

        private static func alert(_ resident: Int) -> AlertID { AlertID("sos-\(Community.resident(resident))-1") }

        /// Microseconds per alert.
        mutating func run(_ count: Int) throws -> Double {
            let start = Stopwatch.ofThread
            for resident in nextResident..<nextResident + count {
                let alert = Self.alert(resident)
                press(resident)
                press(resident)
                act(.accept(alert), resident)
                act(.onScene(alert), resident)
                act(.close(alert, outcome: .sos_real, note: ""), resident)
            }
            let spent = Stopwatch.ofThread - start
            nextResident += count
            let open = engine.openAlerts.count
            guard open == standing else { throw BenchFailure("\(open) alerts are open, and not the \(standing) that stand") }
            return Double(spent) / 1e3 / Double(count)
        }

        /// Each is a press of its own, and all of them lie within the hour for which nobody escalates.
        private mutating func press(_ resident: Int, after pause: Milliseconds = .seconds(1)) {
            now = now + pause
            let index = resident * Community.Kind.allCases.count + Community.Kind.button.rawValue
            apply(.frame(Frame(source: Community.source, origin: .mqtt(topic: Community.topic(of: index)), payload: Community.press)))
        }

        private mutating func act(_ action: Command.Action, _ resident: Int) {
            commands += 1
            let by = Actor(contact: ContactID("family-\(resident)"), via: "ntfy")
            apply(.command(Command(id: CommandID("c\(commands)"), action: action, by: by)))
        }

        /// Takes an input, and lets every message arrive that it sends.
        private mutating func apply(_ input: Input) {
            if let due = engine.nextDeadline, due <= now {
                decide(.deadline(heardUntil: [HeardUntil(source: Community.source, time: now)]))
            }
            decide(input)
        }

        private mutating func decide(_ input: Input) {
            effects.removeAll(keepingCapacity: true)
            engine.apply(StampedInput(sequence: engine.sequence + 1, at: now, input: input), into: &effects)
            let sent = effects.compactMap { effect -> DeliveryResult? in
                guard case .delivery(let delivery) = effect, delivery.state == .sending else { return nil }
                return DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: .delivered)
            }
            for result in sent { decide(.deliveryResult(result)) }
        }
    }
}
