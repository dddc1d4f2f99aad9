/// What the engine made of one message, by all that it knew of its sender then. What the message says is read again by whoever shows it.
public struct FrameVerdict: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case taken
        /// By its sender's own count it was heard before: nothing followed from it.
        case repeated
        /// It was delivered twice, and nothing followed from it this time.
        case duplicate
        /// It could not be understood, or its key does not prove it.
        case refused(DecodeFailure)
    }

    /// What was made of one fact of a message that was taken.
    public enum Heed: String, Codable, Sendable {
        /// It happened, or changed what was known.
        case news
        /// It was known already.
        case known
        /// A broker had kept it: it tells what was, and calls nobody.
        case kept
        /// The device told it just before on another topic, or in another form.
        case same
        /// The device has said otherwise since; this was overtaken on the way.
        case past
        /// It speaks of a device that the registry does not know.
        case unregistered
    }

    /// What was made of one fact. Its kind tells it from those that a second reading finds, which knows nothing of the messages before.
    public struct Fact: Hashable, Sendable {
        public var kind: ObservationKind
        public var heed: Heed
    }

    /// The message's place in the journal.
    public var sequence: Int64
    public var outcome: Outcome
    /// In their order, without those of which the decoder knew that they were told before; empty where it was not taken.
    public var facts: [Fact] = []
}
