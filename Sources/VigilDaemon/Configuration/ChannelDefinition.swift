public import VigilCore

/// A configured way to send. What its kind needs is left to `VigilNotify`, which alone knows it.
public struct ChannelDefinition: Hashable, Sendable {
    public var id: ChannelID
    /// A kind of `ChannelRegistry`: `webhook`, `ntfy`, `mqtt`.
    public var kind: String
    /// Deliveries under way at once; where there are two or more, one of them is kept for red.
    public var concurrency: Int
    /// The rest of the entry, a map with its places; paths in `*_file` keys are whole.
    public var settings: Setting

    public init(id: ChannelID, kind: String, concurrency: Int = 4, settings: Setting = Setting(.map([]))) {
        self.id = id
        self.kind = kind
        self.concurrency = concurrency
        self.settings = settings
    }

    public var limits: ChannelLimits { ChannelLimits(id: id, concurrency: concurrency) }

    /// The same channel wherever it stands in the file.
    var withoutMarks: ChannelDefinition {
        ChannelDefinition(id: id, kind: kind, concurrency: concurrency, settings: settings.withoutMarks)
    }
}
