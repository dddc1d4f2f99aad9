public import VigilCore

/// Shelly Plus, Pro, Gen3 and Gen4: notifications of an RPC channel, and components on topics of their own.
///
/// The first of each component is the device itself; inputs, further ones and Bluetooth devices have addresses below it:
/// `shellyplus2pm-1/switch:1`, `shellyplusi4-1/input:0`, `shellyblugw-1/b4:35:22:fe:56:e5`.
// Source: shelly-api-docs.shelly.cloud/gen2/General/Notifications and gen2/ComponentsAndServices.
public struct ShellyGen2Decoder: PayloadDecoder {
    public static let dialect: Dialect = "shelly-gen2"
    public var dialect: Dialect { Self.dialect }

    /// Remembers between partial reports that a device which may run on batteries hangs on the mains.
    private static let powerWord = "external_power"

    private let json = JSONReader()

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        ShellyGen2Topic(frame).map { DeviceAddress(dialect: Self.dialect, name: $0.owner) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let topic = ShellyGen2Topic(frame) else { return Decoded() }
        if case .connection = topic.part { return try ShellyConnection.decode(frame.body) }
        let empty = ShellyGen2Report(owner: topic.owner, isPowered: state.word(Self.powerWord) == "true")
        let (decoded, isPowered) = try json.read(frame.body) { (root) throws(DecodeFailure) -> (Decoded, Bool) in
            guard root.isObject else { throw DecodeFailure(.unknownShape, "a status is a JSON object") }
            var report = empty
            switch topic.part {
            case .notification: report.takeNotification(root)
            case .everything: report.takeComponents(root, isWhole: true)
            case .component(let name):
                var name = name
                name.withUTF8 { report.takeComponent(TextBytes(UnsafeRawBufferPointer($0)), root, isWhole: true) }
            case .connection: break
            }
            return (report.facts.decodedByGateway, report.isPowered)
        }
        if isPowered != empty.isPowered { state.keep(isPowered ? "true" : nil, as: Self.powerWord) }
        return decoded
    }
}

/// `online` of both generations: `true`, and `false` as the will.
enum ShellyConnection {
    static func decode(_ payload: [UInt8]) throws(DecodeFailure) -> Decoded {
        switch try BareText.string(of: payload) {
        case "true": return Decoded([Observation(.availability, .text("online"))])
        case "false": return Decoded([Observation(.availability, .text("offline"))])
        default: throw DecodeFailure(.unknownShape, "online is true or false")
        }
    }
}
