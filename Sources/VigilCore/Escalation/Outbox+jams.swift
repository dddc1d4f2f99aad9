// A channel whose slots are all taken keeps nobody from the next one (`alert-lifecycle.md`, section 5: 30 s without a receipt).

extension Outbox {
    /// So long a red message waits for its first slot before its recipient is told over their next channel as well.
    private static let patience = Milliseconds.seconds(30)

    /// When a message in a full lane is looked at again.
    func lookAt(_ waiting: Delivery) -> EngineTime {
        guard isCall(waiting), let admittedAt = waiting.admittedAt else { return waiting.expiresAt }
        return min(waiting.expiresAt, admittedAt + Self.patience)
    }

    func isJammed(_ delivery: Delivery, at time: EngineTime) -> Bool {
        isCall(delivery) && delivery.state == .ready && delivery.admittedAt.map { time - $0 >= Self.patience } ?? false
    }

    /// It has failed for once, and waits on.
    mutating func noteJam(_ delivery: Delivery, into effects: inout [Effect]) -> Settlement {
        var jammed = delivery
        jammed.lastFailure = "no free slot within \(Self.patience.text)"
        pending[jammed.id] = jammed
        effects.append(.delivery(jammed))
        return Settlement(delivery: jammed, isFirstFailure: true, cause: .noSlot)
    }

    /// Somebody is needed, and it was never tried.
    private func isCall(_ delivery: Delivery) -> Bool {
        delivery.severity == .red && delivery.message.purpose == .notify && delivery.lastFailure == nil
    }
}
