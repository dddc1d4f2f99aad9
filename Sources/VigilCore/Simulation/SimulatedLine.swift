/// One thing that a simulated alert leads to.
public struct SimulatedLine: Hashable, Codable, Sendable {
    public enum Event: String, CaseIterable, Codable, Sendable {
        /// The resident may say that it is nothing, and nobody is told before `until`.
        case pending
        /// A message goes to its channel.
        case told
        /// Something is set off at the site: `channel` names it.
        case acted
        /// A message waits until `until`.
        case deferred
        /// A step names nobody who could be told, and is skipped at once.
        case empty
        /// The watch says that nobody hears of it.
        case nobodyReachable = "nobody_reachable"
    }

    /// Why a message waits.
    public enum Cause: String, CaseIterable, Codable, Sendable {
        case quietHours = "quiet_hours"
        case messageCap = "message_cap"
    }

    /// Since it happened.
    public var after: Milliseconds
    public var at: WallTime
    public var event: Event
    /// The step's place in its policy, from 0 as in an alert's timeline.
    public var step: Int?
    /// How often everyone was told again before.
    public var round: Int?
    public var contact: ContactID?
    public var name: String?
    public var role: ContactRole?
    public var channel: ChannelID?
    public var address: String?
    /// The place among the contact's methods, from 0.
    public var method: Int?
    public var until: WallTime?
    public var cause: Cause?
    /// Whom a step names that nobody stands for, as the configuration writes it.
    public var recipients: [String]?

    init(_ event: Event, after: Milliseconds, at: WallTime, step: Int? = nil) {
        self.event = event
        self.after = after
        self.at = at
        self.step = step
    }

    enum CodingKeys: String, CodingKey {
        case at, event, step, round, contact, name, role, channel, address, method, until, cause, recipients
        case after = "after_ms"
    }
}
