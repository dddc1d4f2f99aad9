public import VigilCore

extension Profile {
    /// Every name that a configuration may call it by.
    public var names: [Dialect] { [dialect] + aliases }
}

extension DecoderRegistry {
    /// Every name that a route may have.
    public var dialects: [Dialect] { entries.map(\.dialect) }

    /// How long devices are silent of which the registry says nothing else.
    public var liveness: [Dialect: LivenessClass] {
        Dictionary(
            entries.compactMap { entry in entry.liveness.map { (entry.dialect, $0) } }, uniquingKeysWith: { first, _ in first })
    }
}

extension DecoderRegistry.Entry {
    init(_ profile: Profile, as dialect: Dialect) {
        let filter = profile.filters.first ?? "#"
        let pattern = profile.messages.first?.topics.first
        self.init(
            decoder: ProfileDecoder(profile, dialect: dialect), usualFilters: profile.filters,
            standInTopic: pattern?.standIn(below: filter) ?? "nameless",
            // Those who are spoken for are silent otherwise than the bridge: of each somebody has to say it.
            liveness: profile.liveness == .bridge ? nil : profile.liveness)
    }
}
