/// A packet from the broker, as far as it concerns us.
enum MosquittoPacket {
    /// `code` is 0 for a session that stands; else a return code of MQTT 3.1.1 or a reason code of MQTT 5.
    case connack(code: Int32, isResumed: Bool)
    case publish(InboundMessage)
    /// One granted QoS per filter of the request; 0x80 and above is a refusal.
    case suback(messageID: Int32, granted: [Int32])
    /// A publication of ours was taken (QoS 1: acknowledged, QoS 0: written) or refused (0x80 and above).
    case published(messageID: Int32, code: Int32)
    case pingresp
}

/// A PUBLISH that was read.
struct InboundMessage {
    var topic: String
    var payload: [UInt8]
    /// Nil where all of the payload is there.
    var wholeLength: Int?
    /// An acknowledgement is queued for it.
    var isAcknowledged: Bool
    var isRetained: Bool
    var isRedelivery: Bool
}
