public import VigilCore

/// What a configuration may name, told by the rooms that know it; the wiring gathers it from the registries.
public struct ConfigurationVocabulary {
    /// The dialects of `DecoderRegistry`.
    public var dialects: [Dialect]
    /// The kinds of `ChannelRegistry`.
    public var channelKinds: [String]
    /// Names every fault of a rule's own settings, at the path given.
    public var validateRule: (Rule, String, FaultList) -> Void
    /// Names every fault of a channel's own settings, at the path given; called only for kinds that are known.
    public var validateChannel: (ChannelDefinition, String, FaultList) -> Void

    /// Whether a publication is a device's word in a dialect.
    public var isHeard: (Frame, Dialect) -> Bool

    public init(
        dialects: [Dialect], channelKinds: [String], validateRule: @escaping (Rule, String, FaultList) -> Void,
        validateChannel: @escaping (ChannelDefinition, String, FaultList) -> Void,
        isHeard: @escaping (Frame, Dialect) -> Bool
    ) {
        self.dialects = dialects
        self.channelKinds = channelKinds
        self.validateRule = validateRule
        self.validateChannel = validateChannel
        self.isHeard = isHeard
    }
}
