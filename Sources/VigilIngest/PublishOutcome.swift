/// What became of one publication.
public enum PublishOutcome: Hashable, Sendable {
    /// The broker took it (QoS 1: acknowledged; QoS 0: handed to the network).
    case published
    /// The broker took it and says that nobody is subscribed. Only brokers of MQTT 5 say so; retained messages wait there.
    case publishedToNobody
    /// There is no connection, or it broke before the acknowledgement; the broker may have it. Words for people.
    case notConnected(reason: String)
    /// No acknowledgement came in time; the broker may have it.
    case timedOut
    /// It will not get better by trying again. Words for people.
    case refused(reason: String)

    static let stopped = notConnected(reason: "the publisher was stopped")
}
