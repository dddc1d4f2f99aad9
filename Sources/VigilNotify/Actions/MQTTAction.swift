public import VigilCore

/// Something at the site that Vigil may set off by a publication: an entry of the allow-list.
public struct MQTTAction: Hashable, Sendable {
    /// How the site says that it was done.
    public struct Acknowledgement: Hashable, Sendable {
        /// Without wildcards, on the action's broker.
        public var topic: String
        /// What the payload must be; nil where everything on the topic says it.
        public var payload: String?
        /// What the payload must hold somewhere: one value of a device that tells its whole state.
        public var part: String?

        public init(topic: String, payload: String? = nil, part: String? = nil) {
            self.topic = topic
            self.payload = payload
            self.part = part
        }

        /// Whether a message says it.
        func isGiven(by topic: String, _ payload: [UInt8]) -> Bool {
            guard topic == self.topic else { return false }
            let text = String(decoding: payload, as: UTF8.self)
            return self.payload.map { $0 == text } ?? true && part.map { text.contains($0) } ?? true
        }
    }

    public var id: ActionID
    public var broker: SourceID
    public var topic: String
    public var payload: String
    public var qos: MQTTPublication.QoS
    public var acknowledgement: Acknowledgement?
    /// From the broker's word until the acknowledgement.
    public var timeout: Milliseconds
    /// What is published when no alert needs it any more; nil leaves it as it is.
    public var release: String?
    public var isInDrills: Bool

    /// With the five seconds in which a broker answers less than the lease of a delivery.
    public static let longestTimeout = Milliseconds.seconds(20)

    public init(
        id: ActionID, broker: SourceID, topic: String, payload: String, qos: MQTTPublication.QoS = .atLeastOnce,
        acknowledgement: Acknowledgement? = nil, timeout: Milliseconds = .seconds(10), release: String? = nil, isInDrills: Bool = false
    ) {
        self.id = id
        self.broker = broker
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.acknowledgement = acknowledgement
        self.timeout = timeout
        self.release = release
        self.isInDrills = isInDrills
    }

    /// What the engine must know of it.
    public var escalationAction: EscalationAction {
        EscalationAction(id: id, hasRelease: release != nil, isInDrills: isInDrills)
    }

    /// Ready for its worker: one at a time, so that an acknowledgement is that of the attempt that waits for it.
    public func factory(
        publish: @escaping @Sendable (MQTTPublication) -> MQTTPublishResult, acknowledgements: Acknowledgements
    ) -> ChannelFactory {
        ChannelFactory(id: EscalationAction.channel(id), kind: Self.kind, concurrency: 1) { [self] in
            MQTTActionSender(action: self, publish: publish, acknowledgements: acknowledgements)
        }
    }

    /// As `vigil status` names it among the channels.
    public static let kind = "action"
}
