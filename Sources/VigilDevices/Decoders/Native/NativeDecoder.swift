public import VigilCore

/// Vigil's own topics, for devices made to fit: `vigil/in/<device>/observation` and `vigil/in/<device>/acceleration`.
///
/// The format stands in `docs/devices.md` with its JSON Schema.
public struct NativeDecoder: PayloadDecoder {
    public static let dialect: Dialect = "vigil"
    public var dialect: Dialect { Self.dialect }

    private enum Channel {
        case observation, acceleration
    }

    private let json = JSONReader()
    private let kinds = ObservationKind.nativeTable

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        Self.route(frame).map { DeviceAddress(dialect: Self.dialect, name: $0.device) }
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let (device, channel) = Self.route(frame) else { return Decoded() }
        let empty = NativeMessage(kinds: kinds, sequence: NativeSequence(state))
        let (told, sequence) = try json.read(frame.body) { (root) throws(DecodeFailure) -> (Decoded, NativeSequence) in
            var message = empty
            switch channel {
            case .observation: try message.takeObservations(root)
            case .acceleration: try message.takeAcceleration(root)
            }
            return (message.decoded, message.sequence)
        }
        sequence.store(in: &state)
        var decoded = told
        decoded.receipt = sequence.latest.map {
            Receipt(source: frame.source, device: device, boot: $0.boot, sequence: $0.number)
        }
        return decoded
    }

    /// The device is one segment. Nil for another topic, and for a kept message that is removed: no device says that.
    private static func route(_ frame: Frame) -> (device: String, channel: Channel)? {
        guard !frame.payload.isEmpty else { return nil }
        let segments = frame.topic.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.count == 4, segments[0].elementsEqual("vigil".utf8), segments[1].elementsEqual("in".utf8), !segments[2].isEmpty
        else { return nil }
        let device = String(Substring(segments[2]))
        if segments[3].elementsEqual("observation".utf8) { return (device, .observation) }
        if segments[3].elementsEqual("acceleration".utf8) { return (device, .acceleration) }
        return nil
    }
}
