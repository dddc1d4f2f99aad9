import VigilCore
import VigilTesting

/// A red alert that nobody takes, and a fault that begins a millisecond before one of its steps is due and lasts.
struct StepDeadlineStory {
    static let policy = SmallCommunity.redPolicy
    /// So long a daemon needs from its death until it watches again (`scripts/bench ready` measures it).
    static let restart = Milliseconds.seconds(3)

    private let fault: DeliveryFault
    private var script: EngineScript
    private var due: [(at: EngineTime, result: DeliveryResult)] = []
    private var seen = 0
    private var entries: [TimelineEntry] = []

    /// - Parameter step: before which it begins.
    init(_ fault: DeliveryFault, before step: Int) throws {
        self.fault = fault
        var rules = SmallCommunity.rules()
        rules.rules = [Rule(id: "sos", detector: "sos", severity: .red)]
        if fault == .channelBusy { for index in rules.channels.indices { rules.channels[index].concurrency = 1 } }
        script = EngineScript(SmallCommunity.registry(), rules)
        if step == 0 {
            begin()
            script.say("button1", "sos=true")
        } else {
            script.say("button1", "sos=true")
            script.deliverAll()
            pass(until: EngineScript.origin + Self.policy.steps[step].after - Milliseconds(1))
            begin()
        }
        if fault == .crashesAfterSend {
            try crash()
        } else {
            pass(until: EngineScript.origin + .minutes(10))
            entries = script.effects.entries
        }
    }

    /// How much later than it was due each step came, one that came early as none; nil for one that never did.
    var lateness: [Milliseconds?] {
        Self.policy.steps.indices.map { step in
            let entry = entries.first {
                $0.alert == "sos-r1-1" && ($0.event == .step || $0.event == .step_empty) && $0.detail.hasPrefix("step=\(step) ")
            }
            return entry.map { max(.zero, $0.at - (EngineScript.origin + Self.policy.steps[step].after)) }
        }
    }

    private mutating func begin() {
        switch fault {
        case .channelGone:
            var rules = script.engine.rules
            rules.version += 1
            rules.channels.removeAll()
            script.apply(.rulesChange(rules))
        case .channelBusy: for _ in 1...4 { script.say("button2", "sos=true") }
        case .clockSteps: script.apply(.clock(ClockReading(wallOffset: .hours(87_600), isTrusted: true)))
        case .storageFails: script.apply(.health(Health(.storage, .down, detail: "disk full")))
        case .none, .refused, .timesOut, .hangs, .rateLimited, .serverErrors, .answersLate, .answersTwice, .crashesAfterSend: break
        }
        seen = script.effects.count
    }

    /// What was sent is not known to have arrived; the next life is told nothing but what was stored.
    private mutating func crash() throws {
        var life = try SecondLife(of: script, after: Self.restart)
        life.wait(.minutes(10))
        entries = script.effects.entries + life.effects.entries
    }

    private mutating func pass(until end: EngineTime) {
        while true {
            for case .delivery(let delivery) in script.effects[seen...] where delivery.state == .sending {
                due += fault.answers.map { answer in
                    (script.time + answer.after, DeliveryResult(delivery: delivery.id, lease: delivery.lease, outcome: answer.outcome))
                }
            }
            seen = script.effects.count
            let next = [due.map(\.at).min(), script.engine.nextDeadline].compactMap { $0 }.min()
            guard let next, next <= end else { break }
            if let place = due.firstIndex(where: { $0.at <= next }) {
                script.skip(max(.zero, due[place].at - script.time))
                script.apply(.deliveryResult(due.remove(at: place).result))
            } else {
                script.wait(max(.zero, next - script.time))
            }
        }
        script.skip(max(.zero, end - script.time))
    }
}
