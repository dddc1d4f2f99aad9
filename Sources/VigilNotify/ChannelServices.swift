public import VigilCore

/// What the daemon lends to its channels.
public struct ChannelServices: Sendable {
    /// The box's wall clock: labels and signatures carry it.
    public var wall: @Sendable () -> WallTime
    /// Makes and verifies the tokens of accept buttons.
    public var tokens: AcceptToken
    /// Reads the file of a `*_file` key.
    public var readSecret: @Sendable (_ path: String) -> Result<Secret, SecretFile.Failure>
    /// Publishes and returns when the broker acknowledged, or refused, or did neither in time. Called from worker threads, several
    /// at once.
    public var publish: @Sendable (MQTTPublication) -> MQTTPublishResult

    public init(
        wall: @escaping @Sendable () -> WallTime, tokens: AcceptToken,
        readSecret: @escaping @Sendable (_ path: String) -> Result<Secret, SecretFile.Failure> = SecretFile.read,
        publish: @escaping @Sendable (MQTTPublication) -> MQTTPublishResult
    ) {
        self.wall = wall
        self.tokens = tokens
        self.readSecret = readSecret
        self.publish = publish
    }
}

/// A message for a broker; never one that it keeps.
public struct MQTTPublication: Hashable, Sendable {
    /// How it is handed over.
    public enum QoS: Int, Sendable {
        case atMostOnce = 0
        case atLeastOnce = 1
    }

    /// A broker's name in the configuration; nil means the only one, or the first.
    public var broker: SourceID?
    public var topic: String
    public var payload: [UInt8]
    public var qos: QoS

    public init(broker: SourceID?, topic: String, payload: [UInt8], qos: QoS = .atLeastOnce) {
        self.broker = broker
        self.topic = topic
        self.payload = payload
        self.qos = qos
    }
}

/// What became of a publication.
public enum MQTTPublishResult: Hashable, Sendable {
    /// PUBACK: the broker has it. At QoS 0: it went to the network.
    case acknowledged
    /// Not connected, no PUBACK in time, or nobody subscribed. Words for people.
    case unreachable(String, DeliveryCause = .unreachable)
    /// PUBACK with a reason code from 0x80 on: the broker will not have it.
    case refused(String)
}
