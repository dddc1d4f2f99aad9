/// How many messages one person may get in a while; what is more is told together (`promises.md`, 4).
public struct MessageCap: Hashable, Codable, Sendable {
    /// What was sent longer ago counts for no cap.
    public static let longest = Milliseconds.hours(1)

    public var messages: Int
    /// At most `longest`; zero tells every alert by itself, however many there are: for receivers that are machines.
    public var within: Milliseconds

    public init(messages: Int = 10, within: Milliseconds = .minutes(10)) {
        self.messages = messages
        self.within = within
    }
}
