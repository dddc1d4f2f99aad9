public import VigilCore

/// All dialects. A new one is a file under `Decoders/` and a line here.
public struct DecoderRegistry: Sendable {
    /// A dialect and where it is spoken.
    public struct Entry: Sendable {
        public let decoder: any PayloadDecoder
        /// The topic filters of a site that changed nothing; the routes of the configuration may say others.
        public let usualFilters: [String]
        /// Stands in where a payload is tried without its topic.
        public let standInTopic: String
        /// How long its devices are silent, where the registry does not say; nil where it has to.
        public var liveness: LivenessClass?

        public var dialect: Dialect { decoder.dialect }

        /// The same, read by another decoder.
        func reading(with decoder: any PayloadDecoder) -> Entry {
            Entry(decoder: decoder, usualFilters: usualFilters, standInTopic: standInTopic, liveness: liveness)
        }
    }

    public let entries: [Entry]

    /// - Parameters:
    ///   - profiles: what is spoken besides; of two that have one name the later holds.
    ///   - keys: of Bluetooth devices.
    public init(profiles: [Profile] = [], keys: BluetoothKeys = BluetoothKeys()) {
        let speakers =
            Self.code + [
                Entry(
                    decoder: BluetoothDecoder(keys: keys, profiles: profiles), usualFilters: ["ble/#"],
                    standInTopic: "ble/00:00:00:00:00:00/advertisement")
            ]
            + profiles.enumerated().flatMap { index, profile in
                let replaced = Set(profiles.dropFirst(index + 1).flatMap(\.names))
                // What is heard over Bluetooth alone has no topics of its own.
                let names = profile.messages.allSatisfy { $0.topics.isEmpty } ? [] : profile.names
                return names.filter { !replaced.contains($0) }.map { Entry(profile, as: $0) }
            }
        entries =
            speakers + [
                Entry(
                    decoder: HomeAssistantDecoder(speakers: speakers.map(\.decoder)), usualFilters: ["homeassistant/#"],
                    standInTopic: "homeassistant/binary_sensor/nameless/config")
            ]
    }

    /// The dialects that are code and that devices speak.
    private static var code: [Entry] {
        [
            Entry(decoder: NativeDecoder(), usualFilters: ["vigil/in/#"], standInTopic: "vigil/in/nameless/observation"),
            Entry(decoder: Zigbee2MQTTDecoder(), usualFilters: ["zigbee2mqtt/#"], standInTopic: "zigbee2mqtt/nameless"),
            Entry(decoder: TasmotaDecoder(), usualFilters: ["tele/#", "stat/#"], standInTopic: "tele/nameless/SENSOR"),
            Entry(decoder: ShellyGen1Decoder(), usualFilters: ["shellies/#"], standInTopic: "shellies/nameless/info"),
            Entry(
                decoder: ShellyGen2Decoder(), usualFilters: ["+/events/rpc", "+/status/+", "+/online"],
                standInTopic: "nameless/events/rpc"),
            Entry(decoder: WatchDecoder(), usualFilters: ["3g-watch/+"], standInTopic: "3g-watch/nameless", liveness: .wearable),
            Entry(decoder: HomieDecoder.version5, usualFilters: ["homie/5/#"], standInTopic: "homie/5/nameless/$log/info"),
            Entry(decoder: HomieDecoder.version4, usualFilters: ["homie/#"], standInTopic: "homie/nameless/$name"),
            Entry(
                decoder: ESPHomeDecoder(),
                usualFilters: [
                    "+/binary_sensor/+/state", "+/sensor/+/state", "+/switch/+/state", "+/event/+/state", "+/status", "+/debug",
                ],
                standInTopic: "nameless/debug"),
            Entry(
                decoder: ChirpStackDecoder(), usualFilters: ["application/+/device/+/event/+"],
                standInTopic: "application/nameless/device/nameless/event/up"),
        ]
    }

    /// One decoder for each dialect, as the engine takes them.
    public var decoders: [any PayloadDecoder] { entries.map(\.decoder) }

    public func entry(for dialect: Dialect) -> Entry? { entries.first { $0.dialect == dialect } }

    /// The dialect that usually speaks on this topic.
    public func entry(forTopic topic: String) -> Entry? {
        entries.first { entry in entry.usualFilters.contains { TopicFilter($0).matches(topic) } }
    }
}
