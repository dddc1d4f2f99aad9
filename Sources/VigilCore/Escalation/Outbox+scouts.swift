// A channel that is back is noticed within seconds (`promises.md`, D7).

extension Outbox {
    /// Those that are to look whether their channel is back try at once.
    mutating func sendScouts(at time: EngineTime, into effects: inout [Effect]) {
        for id in scouts.popDue(at: time) { reschedule(id, to: time, at: time, into: &effects) }
    }

    /// A channel answers: what waits on it need not wait for the rest of its time.
    mutating func followScout(on channel: ChannelID, at time: EngineTime, into effects: inout [Effect]) {
        for (id, due) in scouts.followers(on: channel, at: time) {
            guard let waiting = pending[id], due < waiting.dueAt else { continue }
            reschedule(id, to: due, at: time, into: &effects)
        }
    }

    /// After a start nobody remembers what a provider asked for; what is put off for longer than any failure of red puts it off, it was.
    mutating func awaitScout(_ delivery: Delivery, at time: EngineTime) {
        guard delivery.lastFailure != nil else { return }
        let isAsked = delivery.dueAt - time > Backoff.longestForRed
        scouts.wait(delivery, notBefore: isAsked ? delivery.dueAt : time, at: time)
    }
}
