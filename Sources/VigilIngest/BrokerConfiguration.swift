public import VigilCore

/// One MQTT broker that Vigil listens to.
public struct BrokerConfiguration: Hashable, Sendable {
    /// MQTT 5 lets us say how much we take and learn why a broker refuses. libmosquitto 2.0 aborts the process when a *broker* sends
    /// a property that MQTT 5 does not define: speak 5 with a broker of the box or over TLS, 3.1.1 with one that is not trusted.
    public enum ProtocolVersion: String, CaseIterable, Sendable {
        case v311 = "3.1.1"
        case v5 = "5"
    }

    /// What the broker remembers of us.
    public enum Session: Hashable, Sendable {
        /// Subscriptions and unacknowledged messages are kept for as long as we are away; QoS 1.
        case durable
        /// Nothing is kept, nothing is acknowledged (QoS 0), and the client id carries a suffix of its own: what storage-failure
        /// mode listens through while the durable session keeps everything.
        case transient
    }

    public struct TLS: Hashable, Sendable {
        /// PEM file of the authorities to trust; nil means the system's.
        public var caFile: String?
        /// PEM files of this client, where the broker wants them.
        public var certificateFile: String?
        public var keyFile: String?

        public init(caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
            self.caFile = caFile
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    public var id: SourceID
    public var host: String
    public var port: Int
    public var protocolVersion: ProtocolVersion
    /// Fixed for the life of the box: the broker keeps our session under it. At most 200 bytes.
    public var clientID: String
    public var username: String?
    /// The password stands in a file of its own, trailing newline ignored; read again at every connection.
    public var passwordFile: String?
    public var tls: TLS?
    /// Topic filters, all subscribed at QoS 1 (QoS 0 in a transient session).
    public var subscriptions: [String]
    /// How long the broker may leave a ping unanswered before the connection counts as dead; at least 5 s.
    public var keepAlive: Milliseconds
    /// How many unacknowledged messages the broker lets stand: MQTT 5's receive maximum, or the broker's `max_inflight_messages`.
    public var inFlightWindow: Int
    public var session: Session

    public init(
        id: SourceID, host: String, port: Int, protocolVersion: ProtocolVersion = .v5, clientID: String, username: String? = nil,
        passwordFile: String? = nil, tls: TLS? = nil, subscriptions: [String], keepAlive: Milliseconds = .seconds(30),
        inFlightWindow: Int = 2000, session: Session = .durable
    ) {
        self.id = id
        self.host = host
        self.port = port
        self.protocolVersion = protocolVersion
        self.clientID = clientID
        self.username = username
        self.passwordFile = passwordFile
        self.tls = tls
        self.subscriptions = subscriptions
        self.keepAlive = keepAlive
        self.inFlightWindow = inFlightWindow
        self.session = session
    }
}
