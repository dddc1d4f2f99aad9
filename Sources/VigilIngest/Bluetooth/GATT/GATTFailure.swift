/// Why a connection to a device came to nothing, in words for the person who looks after the box.
struct GATTFailure: Error, Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// It may go better next time.
        case passing
        /// The device answers over an encrypted link alone.
        case needsPairing
        /// There is nothing to listen to.
        case unsuitable
    }

    let kind: Kind
    let words: String
}
