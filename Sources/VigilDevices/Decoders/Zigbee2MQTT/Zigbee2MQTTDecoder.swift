public import VigilCore

/// Zigbee2MQTT: one flat JSON object per device, made of everything it last said, on `<base>/<friendly name>`.
///
/// Since cached values are sent again with each report, booleans and enumerations are levels and only `action` is an event.
// Source: zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html; Koenkk/zigbee2mqtt lib/controller.ts (publishEntityState,
// iteratePayloadAttributeOutput) and lib/state.ts (what is not cached).
public struct Zigbee2MQTTDecoder: PayloadDecoder {
    public static let dialect: Dialect = "zigbee2mqtt"
    public var dialect: Dialect { Self.dialect }

    private let json = JSONReader()
    private let fields = Zigbee2MQTTField.table

    public init() {}

    /// The friendly name below the base `zigbee2mqtt`; below any other base the base goes with it: `upstairs/z2m/kitchen`.
    public func address(of frame: Frame) -> DeviceAddress? {
        Zigbee2MQTTTopic(frame, fields: fields).map { DeviceAddress(dialect: Self.dialect, name: $0.name) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = Zigbee2MQTTTopic(frame, fields: fields) else { return Decoded() }
        return try decode(frame.body, on: topic)
    }

    private func decode(_ bytes: [UInt8], on topic: Zigbee2MQTTTopic) throws(DecodeFailure) -> Decoded {
        switch topic.part {
        case .device: try device(bytes)
        case .attribute(let field): try attribute(bytes, field)
        case .availability: Decoded([Observation(.availability, try connection(bytes))])
        case .bridge(.state): Decoded([Observation(.bridge_availability, try connection(bytes))])
        case .bridge(.event): try bridgeEvent(bytes, topic)
        case .bridge(.health): Decoded([Observation(.gateway_alive, .bool(true), nature: .event)])
        case .bridge(.healthCheck): try healthCheck(bytes)
        case .bridge(.other): Decoded()
        }
    }

    // MARK: Devices

    private func device(_ bytes: [UInt8]) throws(DecodeFailure) -> Decoded {
        try json.read(bytes) { (root) throws(DecodeFailure) -> Decoded in
            guard root.isObject else { throw DecodeFailure(.unknownShape, "a device's state is a JSON object") }
            var facts = Zigbee2MQTTFacts()
            for (key, value) in root.members {
                if let field = fields.entry(of: key) { facts.report.note(field, Scalar(value)) }
            }
            return facts.decoded
        }
    }

    /// One value on a topic of its own (`output: attribute`).
    private func attribute(_ bytes: [UInt8], _ field: Zigbee2MQTTField?) throws(DecodeFailure) -> Decoded {
        try BareText.check(bytes)
        return bytes.withUnsafeBytes { bytes in
            var facts = Zigbee2MQTTFacts()
            if let field { facts.report.note(field, Scalar(bare: TextBytes(bytes))) }
            return facts.decoded
        }
    }

    /// `{"state":"online"}`, or the bare word as versions before 2 sent it.
    private func connection(_ bytes: [UInt8]) throws(DecodeFailure) -> ObservationValue {
        let bare = bytes.withUnsafeBytes { Self.connection(TextBytes($0).trimmed) }
        if let bare { return bare }
        let stated = try json.read(bytes) { root in root.member("state")?.text.flatMap { Self.connection($0) } }
        guard let stated else { throw DecodeFailure(.unknownShape, "an availability is online or offline") }
        return stated
    }

    private static func connection(_ text: TextBytes) -> ObservationValue? {
        text == "online" ? .text("online") : text == "offline" ? .text("offline") : nil
    }

    // MARK: The bridge

    /// A device came, was interviewed or left.
    // Source: zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html, zigbee2mqtt/bridge/event.
    private func bridgeEvent(_ bytes: [UInt8], _ topic: Zigbee2MQTTTopic) throws(DecodeFailure) -> Decoded {
        try json.read(bytes) { root in
            guard let type = root.member("type")?.text, let name = root.member("data")?.member("friendly_name")?.text, !name.isEmpty
            else { return Decoded() }
            let device = DeviceAddress(dialect: Self.dialect, name: topic.bridgePrefix + name.string)
            switch type {
            // Only who answers is interviewed; a failed interview is none.
            case _ where type == "device_announce" || type == "device_joined",
                _ where type == "device_interview" && root.member("data")?.member("status")?.text.map { $0 == "successful" } == true:
                return Decoded([Observation(.device_alive, .bool(true), nature: .event, device: device)])
            case _ where type == "device_leave":
                return Decoded([Observation(.availability, .text("offline"), device: device)])
            default: return Decoded()
            }
        }
    }

    private func healthCheck(_ bytes: [UInt8]) throws(DecodeFailure) -> Decoded {
        try json.read(bytes) { root in
            guard let isHealthy = root.member("data")?.member("healthy")?.bool else { return Decoded() }
            return Decoded([Observation(.gateway_alive, .bool(isHealthy), nature: .event)])
        }
    }
}
