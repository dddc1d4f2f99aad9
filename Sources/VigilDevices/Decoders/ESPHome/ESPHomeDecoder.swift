public import VigilCore

/// ESPHome over MQTT: bare values of entities whose names their owners chose. Only plain names mean something (`PlainName`).
///
/// A name that says nothing but its meaning speaks for the node (`radar:falling_detected` is `radar`'s fall); any other has an address below it:
/// `hall-node/kitchen_smoke`. So have all switches and lamps.
// Source: esphome.io/components/mqtt; esphome/esphome esphome/components/mqtt/mqtt_binary_sensor.cpp, mqtt_sensor.cpp, mqtt_event.cpp.
public struct ESPHomeDecoder: PayloadDecoder {
    public static let dialect: Dialect = "esphome"
    public var dialect: Dialect { Self.dialect }

    private let json = JSONReader()

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        ESPHomeTopic(frame).map { DeviceAddress(dialect: Self.dialect, name: $0.owner) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = ESPHomeTopic(frame) else { return Decoded() }
        let owner = topic.owner
        switch topic.part {
        case .connection: return try connection(frame.body)
        case .event(let object):
            return try json.read(frame.body) { root in
                var facts = FactList()
                if let type = root.member("event_type")?.text { Self.tell(event: type, of: object, by: owner, &facts) }
                return facts.decodedByGateway
            }
        case .output(let object) where frame.body.first == UInt8(ascii: "{"):
            return try json.read(frame.body) { root in
                var facts = FactList()
                if let state = root.member("state") { Self.tell(output: Scalar(state), object, of: owner, &facts) }
                return facts.decodedByGateway
            }
        default: break
        }
        try BareText.check(frame.body)
        var facts = FactList()
        frame.body.withUnsafeBytes { bytes in
            let value = Scalar(bare: TextBytes(bytes))
            switch topic.part {
            case .binarySensor(let object):
                Self.tell(value, object, of: owner, &facts) { $0.isForBinarySensor }
                facts.noteUnnamed(value, object, setAside: owner[...])
            case .sensor(let object): Self.tell(value, object, of: owner, &facts) { !$0.isForBinarySensor }
            case .output(let object): Self.tell(output: value, object, of: owner, &facts)
            case .temperature(let object):
                facts.speak(for: Self.child(object, of: owner)) { facts in
                    if let name = PlainName("temperature") { facts.tell(name, value) }
                }
            default: break
            }
        }
        return facts.decodedByGateway
    }

    private func connection(_ payload: [UInt8]) throws(DecodeFailure) -> Decoded {
        let word = try BareText.string(of: payload)
        guard word == "online" || word == "offline" else { throw DecodeFailure(.unknownShape, "a status is online or offline") }
        return Decoded([Observation(.availability, .text(word))])
    }

    private static func tell(
        _ value: Scalar, _ object: Substring, of owner: String, _ facts: inout FactList, where isFitting: (PlainName) -> Bool
    ) {
        guard let name = PlainName(object, setAside: owner[...]), isFitting(name) else { return }
        if name.isWhole { return facts.tell(name, value) }
        facts.speak(for: child(object, of: owner)) { $0.tell(name, value) }
    }

    private static func tell(output value: Scalar, _ object: Substring, of owner: String, _ facts: inout FactList) {
        guard let isOn = value.looseBool else { return }
        facts.speak(for: child(object, of: owner)) { $0.tell(.switch, .bool(isOn)) }
    }

    /// What kinds of events there are is the owner's choice, too; a call for help is one however the button was pressed.
    private static func tell(event type: TextBytes, of object: Substring, by owner: String, _ facts: inout FactList) {
        let name = PlainName(object, setAside: owner[...])
        let isReleased = type == "release" || type == "released" || type == "up"
        let tell: (inout FactList) -> Void = { facts in
            if name?.meaning == .flag(.sos) {
                if !isReleased { facts.tell(.sos, .bool(true), nature: .event) }
            } else {
                facts.tell(press: type)
            }
        }
        if name?.isWhole == true { tell(&facts) } else { facts.speak(for: child(object, of: owner), tell) }
    }

    private static func child(_ object: Substring, of owner: String) -> DeviceAddress {
        DeviceAddress(dialect: dialect, name: "\(owner)/\(object)")
    }
}

extension PlainName {
    /// A flag or a press, and no number.
    fileprivate var isForBinarySensor: Bool { if case .measure = meaning { false } else { true } }
}
