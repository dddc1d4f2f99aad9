public import VigilCore

/// All dialects. A new one is a file under `Decoders/` and a line here.
public struct DecoderRegistry: Sendable {
    /// A dialect and where it is spoken.
    public struct Entry: Sendable {
        public let decoder: any PayloadDecoder
        /// The topic filter of a site that changed nothing; the routes of the configuration may say another.
        public let usualFilter: String
        /// Stands in where a payload is tried without its topic.
        public let standInTopic: String

        public var dialect: Dialect { decoder.dialect }
    }

    public let entries: [Entry]

    public init() {
        entries = [
            Entry(decoder: NativeDecoder(), usualFilter: "vigil/in/#", standInTopic: "vigil/in/nameless/observation"),
            Entry(decoder: Zigbee2MQTTDecoder(), usualFilter: "zigbee2mqtt/#", standInTopic: "zigbee2mqtt/nameless"),
        ]
    }

    /// One decoder for each dialect, as the engine takes them.
    public var decoders: [any PayloadDecoder] { entries.map(\.decoder) }

    public func entry(for dialect: Dialect) -> Entry? { entries.first { $0.dialect == dialect } }

    /// The dialect that usually speaks on this topic.
    public func entry(forTopic topic: String) -> Entry? {
        entries.first { topic.utf8.starts(with: $0.usualFilter.utf8.dropLast()) }
    }
}
