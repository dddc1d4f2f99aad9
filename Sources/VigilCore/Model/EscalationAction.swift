public typealias ActionID = Identifier<EscalationAction>

/// Something at the site that a step may set off: a siren, a lamp, a gas valve.
///
/// It is what the engine must know of it; what is published where is its sender's business.
public struct EscalationAction: Hashable, Codable, Sendable {
    public var id: ActionID
    /// Something is published when no alert needs it any more: a siren falls silent, and a gas valve does not open by itself.
    public var hasRelease: Bool
    /// Also by an alarm that is tried out.
    public var isInDrills: Bool

    public init(id: ActionID, hasRelease: Bool = false, isInDrills: Bool = false) {
        self.id = id
        self.hasRelease = hasRelease
        self.isInDrills = isInDrills
    }

    /// Its own way out: no colon stands in an id that people write, so it is neither a channel nor a person of theirs.
    public static func channel(_ id: ActionID) -> ChannelID { ChannelID("action:\(id)") }

    /// One at a time, so that what is released was set off before.
    var limits: ChannelLimits { ChannelLimits(id: Self.channel(id), concurrency: 1) }
}
