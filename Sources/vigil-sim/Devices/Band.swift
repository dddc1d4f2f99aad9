/// A fitted band: it numbers what it says and says it again until the gateway's receipt shows that it is stored.
///
/// The gateway takes a number that is not above the last one for a repetition, so order must survive a loss: one message is on its
/// way at a time, and a receipt settles everything up to its number. Only an alarm does not wait for the measurements before it;
/// when it is receipted, those that were not stored by then are given up.
struct Band {
    let name: String
    private let boot: String
    private var nextSequence: Int64 = 1
    private var messages: [Message] = []

    private struct Message {
        /// The number of its last observation.
        let sequence: Int64
        let payload: String
        let isAlarm: Bool
        var sendAt: Duration
        var attempts = 0
    }

    /// What a small memory holds; the oldest measurement makes room, an alarm never does.
    private static let capacity = 64

    init(name: String, boot: String) {
        self.name = name
        self.boot = boot
    }

    // MARK: Saying

    /// Facts that may wait their turn, in one message.
    mutating func measure(_ facts: [(kind: String, value: BandObservation.Value)], at time: Duration, wall: Int64) throws {
        let observations = facts.map { number($0.kind, $0.value, wall) }
        let payload = observations.count == 1 ? try observations[0].payload() : try observations.payload()
        append(payload, isAlarm: false, at: time)
    }

    /// A fact that goes out at once.
    mutating func alarm(_ kind: String, at time: Duration, wall: Int64) throws {
        append(try number(kind, .bool(true), wall).payload(), isAlarm: true, at: time)
    }

    // MARK: Sending

    /// What has to go on the air now, first time or again.
    mutating func transmissions(at time: Duration) -> [Publication] {
        guard let index = current, messages[index].sendAt <= time else { return [] }
        let message = messages[index]
        messages[index].attempts += 1
        messages[index].sendAt = time + Self.patience(after: message.attempts, isAlarm: message.isAlarm)
        return [Publication(topic: "vigil/in/\(name)/observation", payload: message.payload, quality: .atLeastOnce)]
    }

    /// The gateway has stored everything up to a number.
    mutating func settle(_ receipt: BandReceipt) {
        guard receipt.boot == boot else { return }
        messages.removeAll { $0.sequence <= receipt.seq }
    }

    /// Takes everything that was sent for stored.
    mutating func settleAll() { messages.removeAll { $0.attempts > 0 } }

    /// When there is something to send next; nil when everything is stored.
    var nextTransmission: Duration? { current.map { messages[$0].sendAt } }

    /// Messages that were sent and not receipted yet.
    var unreceipted: Int { messages.count { $0.attempts > 0 } }

    /// The first alarm, or else the oldest message.
    private var current: Int? { messages.firstIndex(where: \.isAlarm) ?? messages.indices.first }

    /// Seconds before it is said again: longer each time, so that a gateway which comes back is not flooded.
    private static func patience(after attempts: Int, isAlarm: Bool) -> Duration {
        let first: Duration = isAlarm ? .seconds(2) : .seconds(5)
        return min(first * (1 << min(attempts, 5)), .seconds(30))
    }

    private mutating func number(_ kind: String, _ value: BandObservation.Value, _ wall: Int64) -> BandObservation {
        defer { nextSequence += 1 }
        return BandObservation(ts: wall, seq: nextSequence, boot: boot, kind: kind, value: value)
    }

    private mutating func append(_ payload: String, isAlarm: Bool, at time: Duration) {
        if messages.count >= Self.capacity, let oldest = messages.firstIndex(where: { !$0.isAlarm }) {
            messages.remove(at: oldest)
        }
        messages.append(Message(sequence: nextSequence - 1, payload: payload, isAlarm: isAlarm, sendAt: time))
    }
}
