public import VigilCore

/// What somebody answered to a message, its token verified.
public struct Reply: Hashable, Sendable {
    public enum Verb: String, CaseIterable, Sendable {
        /// Takes responsibility.
        case accept
    }

    public var verb: Verb
    public var alert: AlertID
    public var contact: ContactID
    /// The way back that it took: `ntfy`, `mqtt`.
    public var via: String

    public init(_ verb: Verb, alert: AlertID, contact: ContactID, via: String) {
        self.verb = verb
        self.alert = alert
        self.contact = contact
        self.via = via
    }

    /// The reply as the engine hears it.
    public func command(id: CommandID) -> Command {
        switch verb {
        case .accept: Command(id: id, action: .accept(alert), by: Actor(contact: contact, via: via))
        }
    }
}

/// What a message on a way back turned out to be. Only a reply is ever acted on; the others are counted.
public enum ReplyReading: Hashable, Sendable {
    case reply(Reply)
    /// Not written as a reply is.
    case garbage
    /// Written as a reply is, with a token that this box did not give to this person for this alert.
    case forged

    /// Reads what somebody claims to accept.
    init(accepting alert: AlertID, contact: ContactID, token: String, via: String, tokens: AcceptToken) {
        guard tokens.verifies(token, alert: alert, contact: contact) else {
            self = .forged
            return
        }
        self = .reply(Reply(.accept, alert: alert, contact: contact, via: via))
    }
}
