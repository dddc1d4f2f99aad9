/// Why a message did not arrive, in one word of a closed list.
///
/// For logs, which hold no addresses, no names and nobody else's words; those stand in the delivery's last failure.
public enum DeliveryCause: String, CaseIterable, Codable, Sendable {
    /// No answer in time.
    case timeout
    /// No connection, or it broke: no route, no such host, a broker that is away.
    case unreachable
    /// Whoever is there takes no connection, or a broker does not take the message.
    case refused
    case tls
    /// Too many messages, says the server (HTTP 429).
    case quota
    /// An answer by the class of its status.
    case http3xx = "http_3xx"
    case http4xx = "http_4xx"
    case http5xx = "http_5xx"
    /// An answer that is none of the channel's: a log-in page, no HTTP.
    case strangeAnswer = "strange_answer"
    /// The broker has it, and nobody is subscribed.
    case nobody
    /// The contact's address is none of the channel's.
    case address
    /// The channel is not configured any more.
    case noChannel = "no_channel"
    /// The channel sends so many others.
    case noSlot = "no_slot"
    /// It waited longer than it is worth telling.
    case outOfTime = "out_of_time"
    /// A fault of this program.
    case inside
}
