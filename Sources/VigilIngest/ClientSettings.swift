import VigilCore

/// What one connection is made of.
struct ClientSettings: Sendable {
    /// Longer ids would be cut in the library's log lines, which `MosquittoClient` reads.
    static let longestClientID = 200

    var broker: BrokerConfiguration
    /// As it goes over the wire: the configured one with what tells our connections apart.
    var clientID: String
    /// The broker forgets us when the connection ends.
    var isClean: Bool
    var will: Will?
    /// Small packets leave at once instead of waiting to be joined.
    var sendsAtOnce: Bool

    /// Where the broker is, for people.
    var place: String { "\(broker.host):\(broker.port)" }
    /// The keepalive as MQTT states it; libmosquitto takes no less than 5 s.
    var keepAliveSeconds: Int32 { Int32(clamping: min(max(broker.keepAlive.rawValue / 1000, 5), 65_535)) }
}
