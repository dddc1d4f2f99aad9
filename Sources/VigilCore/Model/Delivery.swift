public typealias DeliveryID = Identifier<Delivery>

/// One message to one person over one channel; a row of the durable outbox.
public struct Delivery: Hashable, Codable, Sendable {
    public enum Purpose: String, CaseIterable, Codable, Sendable {
        case notify, taken, closed
        /// Stands in for messages that expired while their channel was out.
        case summary
        /// Tells several alerts of one kind at once, to somebody who would get too many messages otherwise.
        case digest
        /// Sets something off at the site; its contact and channel are the action's own.
        case act
        /// Ends what was set off.
        case release
    }

    public enum State: String, CaseIterable, Codable, Sendable {
        /// Waits for its due time or a free slot.
        case ready
        /// Told by a digest, whose fate it shares.
        case grouped
        /// Leased to a worker; written before the socket opens.
        case sending
        case delivered
        /// Permanently refused, or out of time.
        case failed
        /// Not needed any more: somebody took the alert.
        case withdrawn
    }

    /// The idempotency key, the same over every retry:
    /// `alert/notice/purpose/step.round/contact/channel`; of a digest `digest/` and the key of the first message in it; of an action
    /// `#` and the number of the line in the alert's story that says why, after that.
    public var id: DeliveryID
    public var alert: AlertID
    public var notice: Int
    public var purpose: Purpose
    public var step: Int
    public var round: Int
    public var contact: ContactID
    public var channel: ChannelID
    /// In the channel's terms.
    public var address: String
    /// Index of the method among the contact's.
    public var method: Int
    public var severity: Severity
    public var message: Message
    public var state: State
    public var createdAt: EngineTime
    public var dueAt: EngineTime
    /// Fencing token: a result counts only with the current one. Rises with every attempt.
    public var lease: Int
    public var leaseUntil: EngineTime?
    public var lastFailure: String?
    /// After this it is not worth sending.
    public var expiresAt: EngineTime
    /// When it was let out to its channel, and since its first attempt when that of the latest began: as a message that its recipient gets it
    /// counts for the cap from then on.
    public var admittedAt: EngineTime?
    /// The digest that tells it.
    public var digest: DeliveryID?

    public var attempts: Int { lease }

    /// It tells nobody: something at the site hears it.
    public var isAction: Bool { purpose == .act || purpose == .release }

    /// Nothing becomes of it any more.
    public var isSettled: Bool {
        switch state {
        case .ready, .grouped, .sending: false
        case .delivered, .failed, .withdrawn: true
        }
    }

    /// Its recipient may have got it, or gets it next: it counts for the cap.
    var isHeard: Bool { admittedAt != nil && state != .failed && !(state == .withdrawn && lease == 0) }

    /// Whether it is deferred, by the quiet hours of its recipient or because they get too many messages: never tried, and due only later.
    public func isDeferred(at time: EngineTime) -> Bool { state == .ready && lease == 0 && dueAt > time }

    /// Whether it was tried, and is put off for longer than any failure puts it off: by the quiet hours of its recipient.
    func isRetryDeferred(at time: EngineTime) -> Bool { state == .ready && lease > 0 && dueAt - time > Backoff.longest }

    public init(
        id: DeliveryID, alert: AlertID, notice: Int, purpose: Purpose, step: Int, round: Int, contact: ContactID, channel: ChannelID,
        address: String, method: Int, severity: Severity, message: Message, state: State, createdAt: EngineTime, dueAt: EngineTime,
        lease: Int, leaseUntil: EngineTime? = nil, lastFailure: String? = nil, expiresAt: EngineTime,
        admittedAt: EngineTime? = nil, digest: DeliveryID? = nil
    ) {
        self.id = id
        self.alert = alert
        self.notice = notice
        self.purpose = purpose
        self.step = step
        self.round = round
        self.contact = contact
        self.channel = channel
        self.address = address
        self.method = method
        self.severity = severity
        self.message = message
        self.state = state
        self.createdAt = createdAt
        self.dueAt = dueAt
        self.lease = lease
        self.leaseUntil = leaseUntil
        self.lastFailure = lastFailure
        self.expiresAt = expiresAt
        self.admittedAt = admittedAt
        self.digest = digest
    }
}

/// What is said, rendered once for its recipient, so that every attempt says the same.
public struct Message: Hashable, Codable, Sendable {
    public var language: Language
    public var title: String
    public var body: String
    public var alert: AlertID
    public var kind: AlertKind
    public var severity: Severity
    public var purpose: Delivery.Purpose
    /// Offers a way to accept responsibility.
    public var isAcceptable: Bool
    /// The recipient: an acceptance that comes back names it.
    public var contact: ContactID
    /// It tells of a drill, and says so.
    public var isDrill: Bool
    /// Of a digest: every alert that it tells. Empty where it is the one alert.
    public var alerts: [AlertID]

    public init(
        language: Language, title: String, body: String, alert: AlertID, kind: AlertKind, severity: Severity,
        purpose: Delivery.Purpose, isAcceptable: Bool, contact: ContactID, isDrill: Bool = false, alerts: [AlertID] = []
    ) {
        self.language = language
        self.title = title
        self.body = body
        self.alert = alert
        self.kind = kind
        self.severity = severity
        self.purpose = purpose
        self.isAcceptable = isAcceptable
        self.contact = contact
        self.isDrill = isDrill
        self.alerts = alerts
    }
}

/// A channel's verdict on one attempt; the channel judges, the engine acts.
public enum DeliveryOutcome: Hashable, Codable, Sendable {
    /// By the provider's own predicate, never by the HTTP status alone.
    case delivered
    /// May work later; not before `after`, where the provider said so.
    ///
    /// - Parameter cause: nil in rows of before.
    case retryable(reason: String, after: Milliseconds?, cause: DeliveryCause? = nil)
    /// Will never work as it is.
    case permanent(reason: String, cause: DeliveryCause? = nil)

    /// Why it did not arrive; nil where it did, and in rows of before.
    public var cause: DeliveryCause? {
        switch self {
        case .delivered: nil
        case .retryable(_, _, let cause), .permanent(_, let cause): cause
        }
    }
}
