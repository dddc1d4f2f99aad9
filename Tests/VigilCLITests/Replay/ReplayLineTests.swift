import Foundation
import Testing
import VigilConsole
import VigilCore
import VigilDaemon
import VigilTesting

struct ReplayLineTests {
    private static let clock = ClockReading(wallOffset: Milliseconds(-7), isTrusted: false)

    /// Every case of `Input`, with every part of it that a line has to carry.
    static let inputs: [Input] = [
        .started(Start(boot: "b-1", bootTime: BootTime(55), gap: .seconds(9), clock: clock)),
        .started(Start(boot: "", gap: nil, clock: clock)),
        .frame(Frame(source: "home", origin: .mqtt(topic: "t/\u{1}ü守"), payload: Array("{\"a\":\"\\u0000\"}\n".utf8))),
        .frame(
            Frame(
                source: "home", origin: .mqtt(topic: "t"), payload: [0xff, 0x00, 0x80], isRetained: true, isRedelivery: true,
                isDuplicate: true)),
        .frame(Frame(source: "home", origin: .mqtt(topic: ""), payload: [])),
        .seen(Sighting(address: DeviceAddress(dialect: "ble", name: "c4:7c"), source: "radio", count: 12)),
        .command(Command(id: "c1", action: .accept("sos-r1-1"), by: Actor(contact: "son", via: "ntfy"))),
        .command(Command(id: "c2", action: .decline("sos-r1-1"), by: Actor(via: "cli", login: "root"))),
        .command(Command(id: "c3", action: .onTheWay("sos-r1-1"), by: .engine)),
        .command(Command(id: "c4", action: .onScene("sos-r1-1"), by: Actor(contact: "son", via: "mqtt", login: "x"))),
        .command(Command(id: "c5", action: .close("sos-r1-1", outcome: .fire_119, note: "\"quoted\""), by: .engine)),
        .command(Command(id: "c6", action: .note("sos-r1-1", text: "words"), by: .engine)),
        .command(Command(id: "c7", action: .checkIn("r1", note: ""), by: .engine)),
        .deliveryResult(DeliveryResult(delivery: "a/1/notify/0.0/son/push", lease: 3, outcome: .delivered)),
        .deliveryResult(DeliveryResult(delivery: "d", lease: 1, outcome: .retryable(reason: "503", after: .seconds(5)))),
        .deliveryResult(DeliveryResult(delivery: "d", lease: 1, outcome: .retryable(reason: "", after: nil))),
        .deliveryResult(DeliveryResult(delivery: "d", lease: 1, outcome: .permanent(reason: "gone"))),
        .deliveryResult(DeliveryResult(delivery: "d", lease: 1, outcome: nil)),
        .registryChange(SmallCommunity.registry()), .rulesChange(SmallCommunity.rules()),
        .health(Health(.source("home"), .up)), .health(Health(.channel("push"), .down, detail: "refused")),
        .health(Health(.storage, .down)), .health(Health(.storage, .low, freeMebibytes: 37)),
        .health(Health(.source("a:b"), .sessionLost)),
        .clock(clock), .deadline(heardUntil: []),
        .deadline(heardUntil: [HeardUntil(source: "home", time: EngineTime(5)), HeardUntil(source: "radio", time: EngineTime(6))]),
    ]

    @Test("every input reads back from its line to an equal one", arguments: inputs)
    func roundTrip(input: Input) throws {
        let stamped = StampedInput(sequence: 42, at: EngineTime(1_763_800_000_123), input: input)

        let text = try ReplayLine(stamped).json()
        let line = try ReplayLine(text: text)

        #expect(line == ReplayLine(stamped), "\(text)")
        #expect(!text.contains("\n"))
        #expect(try line.json() == text)
    }

    @Test("the list above has every case of Input")
    func complete() {
        let kinds = Set(Self.inputs.map { String(describing: $0).prefix { $0 != "(" } })

        // A switch without a default: a new case does not compile until it has its line and stands in the list.
        func number(_ input: Input) -> Int {
            switch input {
            case .started: 0
            case .frame: 1
            case .seen: 2
            case .command: 3
            case .deliveryResult: 4
            case .registryChange: 5
            case .rulesChange: 6
            case .health: 7
            case .clock: 8
            case .deadline: 9
            }
        }
        #expect(Set(Self.inputs.map(number)) == Set(0...9))
        #expect(kinds.count == 10)
    }

    @Test(
        "a line that is wrong says where",
        arguments: [
            ("garbage", "the given data was not valid JSON"), ("[]", "an object is wanted"),
            (#"{"topic": "t", "payload": ""}"#, #""at" is missing"#),
            (#"{"at": "x", "topic": "t", "payload": ""}"#, "at: a value of another type"),
            (#"{"at": 1, "topic": "t"}"#, #""payload" is missing"#),
            (#"{"at": 1}"#, "nothing happens in this line; write one of topic,"),
            (#"{"at": 1, "topic": "t", "payload": "", "clock": {"wall_offset_ms": 0}}"#, "topic and clock in one line"),
            (#"{"at": 1, "topc": "t"}"#, #"unknown key "topc"; did you mean "topic"?"#),
            (#"{"at": 1, "topic": "t", "payload": "zz", "payload_encoding": "hex"}"#, "payload: is no hex"),
            (#"{"at": 1, "topic": "t", "payload": "", "payload_encoding": "hexx"}"#, #"did you mean "hex"?"#),
            (#"{"at": 1, "ble": {}}"#, "frames over the air are not replayed yet"),
            (#"{"at": 1, "command": {"acept": "a"}}"#, #"command.acept: unknown key "acept"; did you mean "accept"?"#),
            (#"{"at": 1, "health": {"component": "disk", "state": "up"}}"#, #"health.component: "disk" is no component"#),
            (#"{"at": 1, "deadline": {"heard": []}}"#, #"deadline: unknown key "heard"; known: heard_until"#),
        ])
    func wrong(text: String, words: String) throws {
        let fault = try #require(throws: ReplayFault.self) { try ReplayLine(text: text) }

        #expect(fault.words.contains(words), "\(fault.words)")
    }
}
