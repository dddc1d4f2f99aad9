public import VigilCore

/// Home Assistant's discovery: retained entries by which devices announce what they publish, and where.
///
/// Nobody is measured here: an entry becomes an announcement of a device that may be registered, under the dialect that it speaks where Vigil
/// has a decoder for it.
// Source: home-assistant.io/integrations/mqtt, "MQTT discovery"; home-assistant/core homeassistant/components/mqtt/discovery.py and
// abbreviations.py.
public struct HomeAssistantDecoder: PayloadDecoder {
    public static let dialect = Announcement.dialect
    public var dialect: Dialect { Self.dialect }

    private let json = JSONReader()
    private let speakers: [Dialect: any PayloadDecoder]

    /// - Parameter speakers: the dialects that an announced device may speak.
    public init(speakers: [any PayloadDecoder] = []) {
        self.speakers = Dictionary(speakers.map { ($0.dialect, $0) }) { first, _ in first }
    }

    /// Nil: an entry is of nobody who speaks.
    public func address(of frame: Frame) -> DeviceAddress? { nil }

    public func decode(_ frame: Frame, state: inout DialectState) throws(DecodeFailure) -> Decoded { Decoded() }

    public func announcement(in frame: Frame) -> AnnouncementChange? {
        guard let topic = DiscoveryTopic(frame.topic) else { return nil }
        guard frame.body.contains(where: { $0 > 0x20 }) else { return .withdrawn(topic: frame.topic) }
        let entry = try? json.read(frame.body) { root in DiscoveryEntry(root, on: topic) }
        guard let entry, !entry.readings.isEmpty else { return .useless(topic: frame.topic) }
        let own = DeviceAddress(dialect: Self.dialect, name: entry.device.identifier ?? topic.device)
        return .made(
            Announcement(
                topic: frame.topic, address: DiscoveryOwner(entry).address(among: speakers) ?? own, name: entry.device.name,
                manufacturer: entry.device.manufacturer, model: entry.device.model, readings: entry.readings))
    }
}
