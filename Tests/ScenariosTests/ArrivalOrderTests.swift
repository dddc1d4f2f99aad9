import Foundation
import Testing
import VigilCore
import VigilTesting

/// What happens in a community, arriving late and out of order, from its seed (promises.md, B5 and B13). `VIGIL_SEEDS=10000` plays more.
struct ArrivalOrderTests {
    private static let first = UInt64(ProcessInfo.processInfo.environment["VIGIL_FIRST_SEED"] ?? "") ?? 1
    private static let seeds = UInt64(ProcessInfo.processInfo.environment["VIGIL_SEEDS"] ?? "") ?? 1000
    private static let batches = stride(from: first, to: first + seeds, by: 250).map { $0..<min($0 + 250, first + seeds) }

    /// Something that a device says, and how long it is under way.
    private struct Message {
        var device: String
        var text: String
        var at: EngineTime
        var delay: Milliseconds
        var arrival: EngineTime { at + delay }
    }

    /// What must not depend on the order of arrival.
    private struct Outcome: Hashable, CustomStringConvertible {
        var id: AlertID
        var severity: Severity
        var condition: Alert.Condition
        var isOpen: Bool
        /// Each event counts; a level that changed and changed back on the way may have been seen once.
        var events: Int?
        var description: String { "\(id) \(severity) \(condition) open=\(isOpen) events=\(events ?? 0)" }
    }

    @Test("whatever order it arrives in within ten minutes, it makes the same alerts, and nothing of it is late", arguments: batches)
    func shuffled(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SimulatorRandom(seed: seed)
            let clocks = Self.clocks(&random)
            let messages = Self.messages(&random)
            let delayed = messages.map { message in
                var message = message
                message.delay = Milliseconds(random.number(0...600_000))
                return message
            }

            let lives = [messages, delayed].map { messages in
                Self.live(messages, clocks) { message, fresh in
                    #expect(!fresh.contains { $0.name == "late" }, "seed \(seed): \(message)")
                }
            }

            #expect(Self.outcomes(lives[0]) == Self.outcomes(lives[1]), "seed \(seed)")
        }
    }

    @Test("whatever arrives later than that is flagged, and neither raises nor clears without saying so", arguments: batches)
    func late(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SimulatorRandom(seed: seed)
            let clocks = Self.clocks(&random)
            let messages = Self.messages(&random).map { message in
                var message = message
                if random.oneIn(3) { message.delay = Milliseconds(random.number(660_000...20_000_000)) }
                return message
            }
            _ = Self.live(messages, clocks) { message, fresh in
                let isLate = message.delay > .minutes(10)
                #expect(fresh.contains { $0.name == "late" } == isLate, "seed \(seed): \(message)")
                for finding in fresh.findings {
                    #expect((finding.evidence.happenedAt != nil) == isLate, "seed \(seed): \(message) \(finding)")
                    if let then = finding.evidence.happenedAt, finding.change != .cleared {
                        #expect(then == message.at, "seed \(seed): \(message)")
                    }
                }
                if isLate { #expect(!fresh.entries.contains { $0.event == .condition_cleared }, "seed \(seed): \(message)") }
            }
        }
    }

    @Test("a link that is down for minutes and brings what was kept in order loses no alert", arguments: batches)
    func caughtUp(seeds: Range<UInt64>) {
        for seed in seeds {
            var random = SimulatorRandom(seed: seed)
            let clocks = Self.clocks(&random)
            let prompt = Self.pulses(&random)
            let delayed = Self.kept(prompt, &random)

            let lives = [prompt, delayed].map { Self.live($0, clocks, "60s") }

            let raised = lives.map { Set(Self.outcomes($0).map(\.id)) }
            #expect(raised[0].isSubset(of: raised[1]), "seed \(seed): \(raised)")
        }
    }

    // MARK: A community

    private static let devices = ["button1", "band1", "smoke1", "button2", "band2", "smoke2"]

    /// How far each device's clock is off: right, in 1970, a year ahead and behind, some minutes. One that is ahead by just as much as it is
    /// late names this very moment, and is believed.
    private static func clocks(_ random: inout SimulatorRandom) -> [String: Milliseconds] {
        let offsets: [Milliseconds] = [
            .zero, Milliseconds(-EngineScript.origin.rawValue), .hours(365 * 24), .hours(-365 * 24), .minutes(-7), .minutes(7),
        ]
        return Dictionary(uniqueKeysWithValues: devices.map { ($0, random.pick(offsets)) })
    }

    /// An hour and a half of a bad day, in order.
    private static func messages(_ random: inout SimulatorRandom) -> [Message] {
        var time = EngineScript.origin + .minutes(90)
        return (0..<30).map { _ in
            time = time + Milliseconds(random.number(1...360_000))
            let resident = random.number(1...2)
            let (device, text) =
                switch random.number(0...5) {
                case 0: ("button", "sos=true")
                case 1: ("level/band", "fall=\(random.oneIn(2))")
                case 2, 3: ("smoke", "\(random.pick(["smoke", "gas"]))=\(random.oneIn(2))")
                default: ("band", "heart_rate_bpm=\(random.pick([60, 90, 130, 150]))")
                }
            return Message(device: "\(device)\(resident)", text: text, at: time, delay: .zero)
        }
    }

    /// A quarter of an hour of a pulse that comes and goes.
    private static func pulses(_ random: inout SimulatorRandom) -> [Message] {
        var pulse = 90
        return (0..<60).map { number in
            if random.oneIn(4) { pulse = random.pick([90, 115, 130]) }
            let time = EngineScript.origin + .minutes(90) + .seconds(15 * Int64(number))
            return Message(device: "band1", text: "heart_rate_bpm=\(pulse)", at: time, delay: .zero)
        }
    }

    /// What is said while the link is down arrives when it is up again.
    private static func kept(_ messages: [Message], _ random: inout SimulatorRandom) -> [Message] {
        let down = EngineScript.origin + .minutes(90) + .seconds(Int64(random.number(0...600)))
        let up = down + .seconds(Int64(random.number(1...600)))
        return messages.map { message in
            var message = message
            if message.at >= down, message.at < up { message.delay = up - message.at }
            return message
        }
    }

    /// Everything arrives in its turn, between reports that each device makes in time.
    private static func live(
        _ messages: [Message], _ clocks: [String: Milliseconds], _ hold: String = "0s",
        _ look: (Message, [Effect]) -> Void = { _, _ in }
    ) -> EngineScript {
        var script = EngineScript(SmallCommunity.registry(), rules(hold))
        let end = (messages.map(\.arrival) + [EngineScript.origin + .hours(4)]).max() ?? EngineScript.origin
        let reports = stride(from: Int64(0), to: 90, by: 5).flatMap { minute in
            devices.map { Message(device: $0, text: "battery_percent=80", at: EngineScript.origin + .minutes(minute), delay: .zero) }
        }
        let later = stride(from: Int64(90), to: (end - EngineScript.origin).rawValue / 60_000, by: 25).flatMap { minute in
            devices.map { Message(device: $0, text: "battery_percent=80", at: EngineScript.origin + .minutes(minute), delay: .zero) }
        }
        let all = (reports + later + messages).enumerated().sorted { ($0.element.arrival, $0.offset) < ($1.element.arrival, $1.offset) }
        for message in all.map(\.element) {
            script.wait(message.arrival - script.time)
            let name = message.device.split(separator: "/").last.map(String.init) ?? ""
            let claim = message.at + (clocks[name] ?? .zero)
            let fresh = script.say(message.device, "t=\(claim.rawValue) \(message.text)")
            if !message.text.hasPrefix("battery") { look(message, fresh) }
        }
        // What came and went often is held open for an hour.
        script.wait(end - script.time + .minutes(90))
        return script
    }

    private static func rules(_ hold: String) -> RuleSet {
        var rules = SmallCommunity.rules()
        rules.rules = rules.rules.filter { ["sos", "smoke", "fall"].contains($0.id) }
        rules.rules.append(SmallCommunity.pulse(.yellow, above: 120, clearBelow: 120, for: hold))
        // Whom it is told is another matter.
        for index in rules.policies.indices {
            rules.policies[index].repeatEvery = nil
            rules.policies[index].steps = []
        }
        return rules
    }

    private static func outcomes(_ script: EngineScript) -> [Outcome] {
        // How often a condition came and went (`flapping`) is counted as it was heard.
        script.alerts.filter { $0.alertClass == .life }.map { alert in
            Outcome(
                id: alert.id, severity: alert.severity, condition: alert.condition, isOpen: alert.isOpen,
                events: alert.key.kind == "sos" ? alert.occurrences : nil)
        }.sorted { $0.id < $1.id }
    }
}
