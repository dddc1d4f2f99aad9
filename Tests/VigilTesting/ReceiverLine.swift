/// One JSON line of `receiver.py`: a message that it accepted or refused, a subscription, or a button that was pressed.
public struct ReceiverLine: Decodable, Hashable, Sendable {
    /// The port, once, in the first line.
    public var ready: Int?
    /// `webhook` or `ntfy` where a message was accepted.
    public var channel: String?
    public var id: String?
    /// The TCP port of the client: tells connections apart.
    public var peer: Int?

    /// The name in a webhook's path, and what was posted there.
    public var hook: String?
    public var body: Document?

    public var topic: String?
    public var title: String?
    public var message: String?
    public var priority: Int?
    public var tags: [String]?
    public var actions: [Action]?

    /// The status with which a message was refused, and the path.
    public var refused: Int?
    public var path: String?
    /// A behaviour that was ordered and carried out.
    public var misbehaved: String?
    /// A topic that a client reads, and from where.
    public var subscribed: String?
    public var since: String?
    public var poll: Bool?
    /// The topic of a message whose button was pressed, and what the button's request was answered.
    public var pressed: String?
    public var status: Int?

    /// The check of a monitor that was told how the watch is, whether it was told to fail, and why.
    public var pinged: String?
    public var failing: Bool?
    public var reasons: String?

    public struct Action: Decodable, Hashable, Sendable {
        public var action: String
        public var label: String
        public var url: String
        public var method: String?
        public var body: String?
        public var clear: Bool?
    }

    /// What `webhook` channels post.
    public struct Document: Decodable, Hashable, Sendable {
        public var type: String
        public var data: Content

        public struct Content: Decodable, Hashable, Sendable {
            public var delivery: String
            public var alert: String
            public var kind: String
            public var severity: String
            public var title: String
            public var body: String
            public var language: String
            public var contact: String
            public var accept: Accept?
        }

        public struct Accept: Decodable, Hashable, Sendable {
            public var alert: String
            public var contact: String
            public var token: String
        }
    }
}
