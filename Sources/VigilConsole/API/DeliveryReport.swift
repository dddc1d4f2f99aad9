public import VigilCore

/// What became of one message; address and text stay in the outbox.
public struct DeliveryReport: Codable, Hashable, Sendable {
    public var id: DeliveryID
    public var contact: ContactID
    public var channel: ChannelID
    public var purpose: Delivery.Purpose
    public var step: Int
    public var round: Int
    public var state: Delivery.State
    public var attempts: Int
    public var createdAt: WallTime
    public var dueAt: WallTime
    public var lastFailure: String?

    /// It tells nobody: something at the site hears it.
    public var isAction: Bool { purpose == .act || purpose == .release }

    public init(_ delivery: Delivery, clock: ClockReading) {
        id = delivery.id
        contact = delivery.contact
        channel = delivery.channel
        purpose = delivery.purpose
        step = delivery.step
        round = delivery.round
        state = delivery.state
        attempts = delivery.attempts
        createdAt = clock.wall(at: delivery.createdAt)
        dueAt = clock.wall(at: delivery.dueAt)
        lastFailure = delivery.lastFailure
    }

    enum CodingKeys: String, CodingKey {
        case id, contact, channel, purpose, step, round, state, attempts
        case createdAt = "created_at"
        case dueAt = "due_at"
        case lastFailure = "last_failure"
    }
}
