public import VigilCore

/// The first generation of Shelly: one value for each topic below `shellies/<device>`.
// Source: shelly-api-docs.shelly.cloud/gen1 (the MQTT part of each device); bieniu/ha-shellies-discovery
// python_scripts/shellies_discovery.py.
public struct ShellyGen1Decoder: PayloadDecoder {
    public static let dialect: Dialect = "shelly-gen1"
    public var dialect: Dialect { Self.dialect }

    /// Remembers that a device was set to Fahrenheit: its topics do not say so, its `info` does.
    private static let unitWord = "temperature_unit"

    private let json = JSONReader()

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        ShellyGen1Topic(frame).map { DeviceAddress(dialect: Self.dialect, name: $0.owner) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = ShellyGen1Topic(frame) else { return Decoded() }
        let isFahrenheit = state.word(Self.unitWord) == "F"
        switch topic.part {
        case .connection: return try ShellyConnection.decode(frame.body)
        case .press(let channel):
            return try json.read(frame.body) { root in
                var report = ShellyGen1Report(owner: topic.owner, isFahrenheit: isFahrenheit)
                report.takePress(root, of: channel)
                return report.facts.decodedByGateway
            }
        case .status:
            let (decoded, unit) = try json.read(frame.body) { (root) throws(DecodeFailure) -> (Decoded, Bool) in
                guard root.isObject else { throw DecodeFailure(.unknownShape, "a status is a JSON object") }
                var report = ShellyGen1Report(owner: topic.owner, isFahrenheit: isFahrenheit)
                report.takeStatus(root)
                return (report.facts.decodedByGateway, report.isFahrenheit)
            }
            if unit != isFahrenheit { state.keep(unit ? "F" : nil, as: Self.unitWord) }
            return decoded
        case .sensor(let name): return try value(frame.body, topic, isFahrenheit) { $0.takeSensor(name, $1) }
        case .channel(let channel): return try value(frame.body, topic, isFahrenheit) { $0.takeChannel(channel, $1) }
        case .other: return try value(frame.body, topic, isFahrenheit) { _, _ in }
        }
    }

    private func value(
        _ payload: [UInt8], _ topic: ShellyGen1Topic, _ isFahrenheit: Bool, _ take: (inout ShellyGen1Report, Scalar) -> Void
    ) throws(DecodeFailure) -> Decoded {
        try BareText.check(payload)
        var report = ShellyGen1Report(owner: topic.owner, isFahrenheit: isFahrenheit)
        payload.withUnsafeBytes { take(&report, Scalar(bare: TextBytes($0))) }
        return report.facts.decodedByGateway
    }
}
