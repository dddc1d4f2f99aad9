public import VigilCore

extension Profile {
    /// Every name that a configuration may call it by.
    public var names: [Dialect] { [dialect] + aliases }

    /// The topics of its messages as the file writes them, each once.
    public var topics: [String] { spoken.flatMap(\.topics).map(\.text).unique }

    /// Whether one of its messages may come on a topic that fits the filter.
    public func speaks(below filter: String) -> Bool { spoken.contains { $0.topics.contains { $0.overlaps(filter) } } }

    /// Those that are somebody's word.
    private var spoken: [Message] { messages.filter { !$0.isNobodys } }
}

extension Profile.Message {
    /// Whether nobody speaks where it comes, whatever it holds.
    var isNobodys: Bool { role == .ignored && when.isEmpty }
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
