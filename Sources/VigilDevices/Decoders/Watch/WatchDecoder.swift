public import VigilCore

/// The "3G" protocol of GPS watches and bands of many makers (`3G`, `ZJ`, `SG`, `CS`, ...): text in square brackets over TCP.
///
/// The device is the id that a watch gives itself, and its topic `3g-watch/<id>`. A frame of another id is that watch's.
// Source: 4p-touch.com "Beesure GPS SeTracker Server Protocol"; traccar/traccar WatchProtocolDecoder.java.
public struct WatchDecoder: PayloadDecoder {
    public static let dialect: Dialect = "3g-watch"
    public var dialect: Dialect { Self.dialect }

    private static let topicPrefix = "3g-watch/"

    public init() {}

    public func address(of frame: Frame) -> DeviceAddress? {
        guard frame.topic.hasPrefix(Self.topicPrefix), !frame.payload.isEmpty else { return nil }
        let name = frame.topic.dropFirst(Self.topicPrefix.count)
        guard !name.isEmpty, !name.contains("/") else { return nil }
        return DeviceAddress(dialect: Self.dialect, name: String(name))
    }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded {
        guard let address = address(of: frame) else { return Decoded() }
        try BareText.checkLength(frame.payload)
        var facts = FactList()
        var own = WatchMemory(state)
        var frames = 0
        let isCut = frame.payload.withUnsafeBytes { bytes in
            WatchFrame.forEach(in: TextBytes(bytes)) { body in
                guard let watch = WatchFrame(body) else { return facts.fault("frame", "not [maker*id*length*command]") }
                frames += 1
                let id = watch.id.string
                // What is remembered is the watch's whose topic it is.
                let isOwn = id == address.name
                var report = WatchReport(facts, memory: isOwn ? own : WatchMemory())
                report.facts.device = isOwn ? nil : DeviceAddress(dialect: Self.dialect, name: id)
                report.take(watch)
                facts = report.facts
                if isOwn { own = report.memory }
            }
        }
        guard frames > 0 else { throw DecodeFailure(.unknownShape, "no frame [maker*id*length*command] in it") }
        if isCut { facts.fault("frame", "without its end") }
        // A kept message tells what was: what happens after it is news.
        if !frame.isRetained { own.keep(in: &state) }
        return facts.decoded
    }
}
