import VigilCore

/// Who has which red alert, as `alert-lifecycle.md`, section 3, says it must be: told what people and devices do, and never what the engine
/// makes of it.
struct ResponsibilityLedger {
    enum Stand: Hashable {
        case pending(until: EngineTime)
        case raised
        case owned(Actor, isAttending: Bool)
        case closed(by: String)
    }

    /// An alert's stand, since when, and every one that it had before.
    struct Account {
        var stand: Stand
        var since: EngineTime
        var before: [(stand: Stand, until: EngineTime)] = []
        var leaseUntil: EngineTime?
        var handOver: ContactID?
        var isReviewed = false
        /// When something happened of which also somebody who has the alert is to hear.
        var news: [EngineTime] = []
        /// When the owner took it.
        var takenAt: EngineTime?

        mutating func become(_ stand: Stand, at time: EngineTime, lease: Milliseconds? = nil) {
            before.append((self.stand, time))
            isReviewed = false
            self.stand = stand
            since = time
            leaseUntil = lease.map { time + $0 }
            handOver = nil
        }

        var owner: Actor? { if case .owned(let owner, _) = stand { owner } else { nil } }
        var isClosed: Bool { if case .closed = stand { true } else { false } }

        /// Whether its owner was to hear of something by then that happened since they took it.
        func hasNews(until time: EngineTime) -> Bool {
            guard owner != nil, let takenAt else { return false }
            return news.contains { $0 >= takenAt && $0 <= time }
        }

        /// Whether it stood so at some moment of the last second.
        func stood(within time: EngineTime, _ fits: (Stand) -> Bool) -> Bool {
            fits(stand) || before.contains { time - $0.until <= .seconds(1) && fits($0.stand) }
        }
    }

    static let lease = Milliseconds.minutes(3)
    static let attendingLease = Milliseconds.minutes(15)
    static let cancelWindow = Milliseconds.seconds(20)
    static let reopenWindow = Milliseconds.minutes(30)

    private(set) var accounts: [AlertID: Account] = [:]
    private var episodes: [String: Int] = [:]

    // MARK: Time and devices

    /// Windows and leases that are over by now.
    mutating func advance(to time: EngineTime) {
        for id in accounts.keys.sorted() {
            if case .pending(let until)? = accounts[id]?.stand, until <= time { accounts[id]?.become(.raised, at: until) }
            if let until = accounts[id]?.leaseUntil, until <= time { accounts[id]?.become(.raised, at: until) }
        }
    }

    /// A call for help or a fall.
    ///
    /// - Parameter stem: kind and subject: `fall-r1`.
    mutating func call(_ stem: String, canCancel: Bool, at time: EngineTime) {
        let fresh: Stand = canCancel ? .pending(until: time + Self.cancelWindow) : .raised
        guard let episode = episodes[stem], var account = accounts[AlertID("\(stem)-\(episode)")],
            !account.isClosed || time - account.since < Self.reopenWindow
        else {
            episodes[stem, default: 0] += 1
            accounts[AlertID("\(stem)-\(episodes[stem] ?? 1)")] = Account(stand: fresh, since: time)
            return
        }
        account.news.append(time)
        switch account.stand {
        case .pending: account.become(.raised, at: time)
        case .raised: break
        case .owned(_, let isAttending):
            account.leaseUntil = [account.leaseUntil, time + (isAttending ? Self.attendingLease : Self.lease)].compactMap { $0 }.min()
        case .closed: account.become(fresh, at: time)
        }
        accounts[AlertID("\(stem)-\(episode)")] = account
    }

    /// The wearer says that it is nothing.
    mutating func cancel(_ stem: String, at time: EngineTime) {
        guard let episode = episodes[stem], case .pending? = accounts[AlertID("\(stem)-\(episode)")]?.stand else { return }
        accounts[AlertID("\(stem)-\(episode)")]?.become(.closed(by: "resident"), at: time)
    }

    /// The owner could not be reached with what happened since, and there is nobody else who was told.
    mutating func ownerIsNotReached(_ id: AlertID, at time: EngineTime) {
        guard let account = accounts[id], account.hasNews(until: time) else { return }
        accounts[id]?.become(.raised, at: time)
    }

    // MARK: People

    /// - Returns: whether it must be refused; nil where that depends on who was asked, and changes nothing either way.
    mutating func act(_ action: Command.Action, by actor: Actor, at time: EngineTime) -> Bool? {
        guard let id = action.alert, var account = accounts[id] else { return true }
        // It can reopen no more, and nobody is asked to look at it.
        if account.isReviewed, time - account.since >= Self.reopenWindow { return true }
        let isRefused = decide(action, by: actor, &account, isLatest: isLatest(id), at: time)
        if isRefused == false { accounts[id] = account }
        return isRefused
    }

    private func isLatest(_ id: AlertID) -> Bool { episodes.contains { AlertID("\($0.key)-\($0.value)") == id } }

    private func decide(
        _ action: Command.Action, by actor: Actor, _ account: inout Account, isLatest: Bool, at time: EngineTime
    ) -> Bool? {
        if case .note = action { return false }
        if case .closed(let closer) = account.stand { return decideClosed(action, by: actor, closer, &account, isLatest, at: time) }
        let owner = account.owner
        switch action {
        case .seen: return false
        case .accept: return accept(by: actor, &account, at: time)
        case .decline:
            if let offered = account.handOver, offered == actor.contact {
                account.handOver = nil
                account.news.append(time)
                return false
            }
            guard let owner else { return nil }
            guard owner.name == actor.name else { return true }
            account.become(.raised, at: time)
        case .onTheWay, .onScene:
            guard owner == nil || owner?.name == actor.name else { return true }
            if owner == nil { account.takenAt = time }
            account.become(.owned(actor, isAttending: true), at: time, lease: Self.attendingLease)
        case .handOver(_, let to):
            guard let owner, owner.name == actor.name || actor.contact == nil, owner.contact != to else { return true }
            account.handOver = to
            account.news.append(time)
        case .close: account.become(.closed(by: actor.name), at: time)
        default: return true
        }
        return false
    }

    private func accept(by actor: Actor, _ account: inout Account, at time: EngineTime) -> Bool {
        if let owner = account.owner, account.handOver == nil || account.handOver != actor.contact { return owner.name != actor.name }
        account.takenAt = time
        account.become(.owned(actor, isAttending: false), at: time, lease: Self.lease)
        return false
    }

    private func decideClosed(
        _ action: Command.Action, by actor: Actor, _ closer: String, _ account: inout Account, _ isLatest: Bool, at time: EngineTime
    ) -> Bool {
        switch action {
        case .review where !account.isReviewed && closer != actor.name: account.isReviewed = true
        case .reopen where isLatest:
            account.become(.raised, at: time)
        default: return true
        }
        return false
    }
}
