public import VigilCore
import VigilDevices

/// What a configuration may name, told by the rooms that know it; the wiring gathers it from the registries.
public struct ConfigurationVocabulary {
    /// The dialects of `DecoderRegistry`.
    public var dialects: [Dialect]
    /// What a site describes in files that have a fault: known, and named there already.
    var faultyDialects: [Dialect] = []
    /// The profiles of the site; of two that have one name the later holds.
    private(set) var profiles: [Profile] = []
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

    /// Takes over what profiles of the site describe.
    mutating func add(_ profiles: [Profile]) {
        guard !profiles.isEmpty else { return }
        self.profiles += profiles
        let decoders = profiles.flatMap { profile in profile.names.map { ProfileDecoder(profile, dialect: $0) } }
        dialects += profiles.flatMap(\.names).filter { !dialects.contains($0) }
        let known = isHeard
        isHeard = { frame, dialect in
            guard let decoder = decoders.last(where: { $0.dialect == dialect }) else { return known(frame, dialect) }
            return decoder.address(of: frame) != nil
        }
    }
}
