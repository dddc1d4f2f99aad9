public import VigilCore

/// Tasmota: sensors, switches and relays nested by their names, and whole networks of Zigbee and Bluetooth devices behind one of them.
///
/// Relays and inputs, sensors and all that a bridge speaks for have addresses of their own below the device: `plug/POWER2`, `hall/Switch1`,
/// `bridge/Kitchen`.
// Source: tasmota/docs docs/MQTT.md, docs/Commands.md; arendst/Tasmota tasmota/tasmota_support/support_tasmota.ino (MqttShowState,
// MqttShowSensor).
public struct TasmotaDecoder: PayloadDecoder {
    public static let dialect: Dialect = "tasmota"
    public var dialect: Dialect { Self.dialect }

    private let json = JSONReader()
    private let thermometers = TasmotaSensors.thermometers

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        TasmotaTopic(frame).map { DeviceAddress(dialect: Self.dialect, name: $0.owner) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = TasmotaTopic(frame) else { return Decoded() }
        let isObject = frame.body.first { $0 > 0x20 } == UInt8(ascii: "{")
        switch topic.part {
        case .connection: return try connection(frame.body)
        case .state: return try report(frame.body, of: topic.owner, isState: true)
        case .report: return try report(frame.body, of: topic.owner)
        case .relay, .detector, .other:
            if isObject { return try report(frame.body, of: topic.owner) }
            return try word(frame.body, on: topic)
        }
    }

    private func connection(_ payload: [UInt8]) throws(DecodeFailure) -> Decoded {
        let word = try BareText.string(of: payload)
        switch word {
        case "Online": return Decoded([Observation(.availability, .text("online"))])
        case "Offline": return Decoded([Observation(.availability, .text("offline"))])
        default: throw DecodeFailure(.unknownShape, "an LWT is Online or Offline")
        }
    }

    private func report(_ payload: [UInt8], of owner: String, isState: Bool = false) throws(DecodeFailure) -> Decoded {
        let empty = TasmotaReport(owner: owner, thermometers: thermometers)
        return try json.read(payload) { (root) throws(DecodeFailure) -> Decoded in
            guard root.isObject else { throw DecodeFailure(.unknownShape, "a report is a JSON object") }
            var report = empty
            if isState { report.tellAlive() }
            report.take(root)
            return report.decoded
        }
    }

    /// A bare word: `ON`, `OFF`, 1, 0; `StateText` may have renamed them, and then nobody can tell.
    private func word(_ payload: [UInt8], on topic: TasmotaTopic) throws(DecodeFailure) -> Decoded {
        try BareText.check(payload)
        let flag = payload.withUnsafeBytes { Scalar(bare: TextBytes($0)).looseBool }
        var report = TasmotaReport(owner: topic.owner, thermometers: thermometers)
        if let flag {
            switch topic.part {
            case .relay(let channel): report.tell(relay: channel, isOn: flag)
            case .detector(let kind): report.tell(kind, flag)
            default: break
            }
        }
        return report.decoded
    }
}
