// Messages that are told together (`alert-lifecycle.md`, section 6).

extension Outbox {
    /// What is kept back of a group and due, oldest first.
    func due(in group: MessageGroup, at time: EngineTime) -> [Delivery] { pending.kept(in: group).filter { $0.dueAt <= time } }

    /// Until when the group's messages are kept back; nil when none is.
    func keptUntil(in group: MessageGroup) -> EngineTime? { pending.keptUntil(in: group) }

    /// The groups of which something is kept back, the most severe first.
    var keptGroups: [MessageGroup] { pending.groups }

    /// What a delivery tells of alerts: itself, or the members of a digest; a summary and an action tell of none.
    func told(by delivery: Delivery) -> [Delivery] {
        switch delivery.purpose {
        case .notify, .taken, .closed: [delivery]
        case .digest: pending.members(of: delivery.id)
        case .summary, .act, .release: []
        }
    }

    /// With a worker, by itself or in a digest: its recipient may have it.
    func isUnderWay(_ delivery: Delivery) -> Bool {
        delivery.state == .sending || delivery.digest.flatMap { pending[$0] }?.state == .sending
    }

    /// Groups of which something is due now, the earliest first.
    mutating func popDueGroups(at time: EngineTime) -> [MessageGroup] {
        var groups: [MessageGroup] = []
        while let (group, _) = groupDeadlines.popDue(at: time) { groups.append(group) }
        return groups
    }

    /// Lets a digest go in place of its members.
    mutating func group(_ members: [Delivery], into digest: Delivery, at time: EngineTime, into effects: inout [Effect]) {
        for var member in members {
            member.state = .grouped
            member.digest = digest.id
            pending[member.id] = member
            effects.append(.delivery(member))
        }
        add(digest, at: time, into: &effects)
    }

    /// What became of a digest became of its members.
    mutating func settleMembers(_ settlement: Settlement, into effects: inout [Effect]) -> [Settlement] {
        let digest = settlement.delivery
        return pending.members(of: digest.id).map { waiting in
            var member = waiting
            member.lease = digest.lease
            member.lastFailure = digest.lastFailure
            if digest.isSettled { member.state = digest.state }
            pending[member.id] = member.isSettled ? nil : member
            effects.append(.delivery(member))
            return Settlement(
                delivery: member, isFirstFailure: settlement.isFirstFailure, isExpired: settlement.isExpired, cause: settlement.cause)
        }
    }
}
