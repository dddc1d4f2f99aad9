import VigilCore
import VigilTesting

/// A made-up stretch of life in the small community: every kind of input, in any order that a seed gives.
struct GeneratedDay {
    let lines: [StampedInput]

    init(seed: UInt64, count: Int = 30) {
        var random = SeededBytes(seed: seed)
        var inputs: [Input] = [
            .started(Start(boot: "b", gap: nil, clock: EngineScript.clock)), .registryChange(SmallCommunity.registry()),
            .rulesChange(SmallCommunity.rules()), .health(Health(.source("home"), .up)),
        ]
        for number in 0..<count { inputs.append(Self.input(number, &random)) }
        var time = EngineScript.origin
        lines = inputs.enumerated().map { index, input in
            time = time + Milliseconds(Int64(random.one(of: [0, 1, 900, 900, 5000, 5000, 5000, 61_000, 61_000, 200_000])))
            var input = input
            if case .deadline = input { input = .deadline(heardUntil: [HeardUntil(source: "home", time: time)]) }
            return StampedInput(sequence: Int64(index + 1), at: time, input: input)
        }
    }

    private static let payloads = [
        "sos=true", "smoke=true", "smoke=false", "fall=true", "heart_rate_bpm=150", "heart_rate_bpm=70", "motion=true", "?", "what", "",
    ]
    private static let alerts: [AlertID] = ["sos-r1-1", "sos-r2-1", "smoke-d1-1", "fall-r1-1", "fall-r2-2", "heart_rate_bpm-r1-1"]

    private static func input(_ number: Int, _ random: inout SeededBytes) -> Input {
        switch random.number(below: 16) {
        case 0:
            return .health(
                Health(
                    random.one(of: [.source("home"), .source("radio"), .channel("push"), .storage]),
                    random.one(of: [.up, .down, .sessionLost])))
        case 1: return .started(Start(boot: "b\(number)", gap: .seconds(5), clock: EngineScript.clock))
        case 2: return .clock(ClockReading(wallOffset: Milliseconds(Int64(random.number(below: 9999))), isTrusted: true))
        case 3, 4: return .deadline(heardUntil: [])
        case 5, 6: return .command(command(number, &random))
        case 7:
            let id = DeliveryID("\(random.one(of: alerts))/1/notify/0.0/officer/push")
            let outcome: DeliveryOutcome? = random.one(of: [
                .delivered, .retryable(reason: "503", after: nil), .permanent(reason: "gone"), nil,
            ])
            return .deliveryResult(DeliveryResult(delivery: id, lease: 1, outcome: outcome))
        default:
            let device = random.one(of: ["button", "band", "smoke", "motion", "stranger"]) + random.one(of: ["1", "2"])
            return .frame(
                Frame(
                    source: "home", origin: .mqtt(topic: "text/\(device)"), payload: Array(random.one(of: payloads).utf8),
                    isRetained: random.number(below: 9) == 0, isDuplicate: random.number(below: 9) == 0))
        }
    }

    private static func command(_ number: Int, _ random: inout SeededBytes) -> Command {
        let alert = random.one(of: alerts)
        let action: Command.Action = random.one(of: [
            .accept(alert), .decline(alert), .onTheWay(alert), .onScene(alert), .close(alert, outcome: .duplicate, note: "n"),
            .note(alert, text: "t"), .checkIn("r1", note: ""),
        ])
        return Command(
            id: CommandID("c\(number)"), action: action, by: Actor(contact: random.one(of: ["officer", "son", "nobody"]), via: "ntfy"))
    }
}
