import VigilCore

// A channel that is back is noticed (`promises.md`, D7), by an oracle that shares no code with the engine.

extension Simulator {
    /// Within this a red message leaves after its channel is back.
    private static let limit = Milliseconds.seconds(10)

    mutating func checkReturns(_ input: Input, _ fresh: [Effect]) {
        noteAnswer(input, fresh)
        noteAttempts(fresh)
        let waiting = engine.deliveries.filter { $0.severity == .red && $0.state == .ready && $0.lastFailure != nil }
        for lane in engine.rules.lanes {
            guard (underWay[lane.id] ?? [:]).values.filter({ $0 > engine.now }).count < lane.concurrency else {
                returns.idleSince[lane.id] = nil
                continue
            }
            let here = waiting.filter { delivery in
                delivery.channel == lane.id && returns.patientUntil[delivery.id].map { $0 <= engine.now } ?? true
            }
            checkIdle(lane.id, here)
            checkFollowers(lane.id, here)
        }
    }

    private mutating func noteAnswer(_ input: Input, _ fresh: [Effect]) {
        if case .started = input {
            returns.idleSince = [:]
            returns.answeredAt = [:]
            returns.failedAt = [:]
        }
        guard case .deliveryResult(let result) = input else { return }
        for delivery in fresh.deliveries where delivery.id == result.delivery && delivery.lease == result.lease {
            switch result.outcome {
            case .delivered where delivery.state == .delivered: returns.answeredAt[delivery.channel] = engine.now
            case .retryable(_, let after?, _) where delivery.state == .ready:
                returns.patientUntil[delivery.id] = engine.now + min(after, .minutes(5))
            default: break
            }
        }
    }

    private mutating func noteAttempts(_ fresh: [Effect]) {
        for delivery in fresh.deliveries where delivery.severity == .red {
            if delivery.state == .sending {
                returns.triedAt[delivery.id] = engine.now
                returns.failedAt[delivery.id] = nil
                returns.idleSince[delivery.channel] = nil
            } else if delivery.lastFailure != nil, returns.failedAt[delivery.id] == nil {
                returns.failedAt[delivery.id] = engine.now
            }
        }
    }

    /// While calls wait for their next try, one of them looks whether the channel is back.
    private mutating func checkIdle(_ channel: ChannelID, _ waiting: [Delivery]) {
        guard let call = waiting.first(where: { $0.message.purpose == .notify }) else {
            returns.idleSince[channel] = nil
            return
        }
        let since = returns.idleSince[channel] ?? engine.now
        returns.idleSince[channel] = since
        let idle = engine.now - since
        let due = (call.dueAt - engine.now).text
        check(idle <= Self.limit, "no red call tries \(channel) for \(idle.text); \(call.id) is due in \(due)")
    }

    /// Once one has arrived, those that had failed before follow.
    private mutating func checkFollowers(_ channel: ChannelID, _ waiting: [Delivery]) {
        guard let answered = returns.answeredAt[channel] else { return }
        for delivery in waiting {
            guard let failed = returns.failedAt[delivery.id], failed < answered else { continue }
            let reasons = [answered, returns.triedAt[delivery.id], returns.patientUntil[delivery.id]]
            let wait = engine.now - (reasons.compactMap { $0 }.max() ?? answered)
            check(wait <= Self.limit, "\(delivery.id) waits for \(wait.text) although \(channel) is back")
        }
    }

    /// Red news waits for nobody but those who got their ten messages, or news upon news.
    mutating func checkNews(_ fresh: [Effect]) {
        for delivery in fresh.deliveries where delivery.message.purpose != .notify && !delivery.isAction {
            if delivery.state == .sending || delivery.admittedAt == engine.now {
                toldNews[delivery.contact] = (toldNews[delivery.contact] ?? []).suffix(20) + [engine.now]
            }
            guard delivery.severity == .red, delivery.isDeferred(at: engine.now), delivery.dueAt - engine.now > .seconds(5) else {
                continue
            }
            let news = (toldNews[delivery.contact] ?? []).filter { engine.now - $0 < .minutes(11) }.count
            let messages = (tried[delivery.contact] ?? []).filter { engine.now - $0 < .minutes(11) }.count
            let wait = (delivery.dueAt - engine.now).text
            check(news >= 3 || messages >= 9, "\(delivery.id) is news that waits for \(wait)")
        }
    }
}
