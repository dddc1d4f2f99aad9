import VigilCore

/// Sees that the gateway turns: a probe through its inbox that is not answered in time says that it does not.
struct StallWatch {
    private static let every = Milliseconds.seconds(10)
    private static let patience = Milliseconds.seconds(30)

    private var askedAt: BootTime?
    private var isAnswered = true

    /// Whether to ask now.
    mutating func asks(at now: BootTime) -> Bool {
        guard isAnswered, askedAt.map({ now - $0 >= Self.every }) ?? true else { return false }
        askedAt = now
        isAnswered = false
        return true
    }

    mutating func answered() { isAnswered = true }

    func isStalled(at now: BootTime) -> Bool { !isAnswered && askedAt.map { now - $0 >= Self.patience } ?? false }
}
