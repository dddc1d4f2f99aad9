/// What may be told together: one person, one channel, one kind of news. Kinds are never mixed, neither are severities, and a drill
/// never stands among what is real.
public struct MessageGroup: Hashable, Comparable, Sendable {
    public var contact: ContactID
    public var channel: ChannelID
    public var kind: AlertKind
    public var purpose: Delivery.Purpose
    public var severity: Severity
    public var isDrill: Bool

    /// Most severe first, of one colour what is real; the rest so that the order never depends on chance.
    public static func < (a: Self, b: Self) -> Bool {
        if a.severity != b.severity { return a.severity > b.severity }
        if a.isDrill != b.isDrill { return b.isDrill }
        return (a.contact, a.channel, a.kind, a.purpose.rawValue) < (b.contact, b.channel, b.kind, b.purpose.rawValue)
    }
}

extension Delivery {
    /// With whom it may be told; nil for what stands for several already, and for what tells nobody.
    var group: MessageGroup? {
        switch purpose {
        case .notify, .taken, .closed:
            MessageGroup(
                contact: contact, channel: channel, kind: message.kind, purpose: purpose, severity: severity, isDrill: message.isDrill)
        case .summary, .digest, .act, .release: nil
        }
    }
}
