// What people do to alerts (`alert-lifecycle.md`, section 3). A refusal changes nothing and says why.

extension Alerting {
    mutating func carryOut(_ command: Command, _ context: Context, into effects: inout [Effect]) -> CommandReply.Verdict {
        do throws(Refusal) {
            return try perform(command, context, into: &effects).map { .recorded($0) } ?? .done
        } catch {
            return .refused(error.words)
        }
    }

    /// - Returns: what was recorded, where that is all that was done.
    private mutating func perform(
        _ command: Command, _ context: Context, into effects: inout [Effect]
    ) throws(Refusal) -> LocalizedText? {
        if let refusal = Self.refusal(of: command, context.household) { throw refusal }
        switch command.action {
        case .accept(let id): try accept(open(id), command.by, context, into: &effects)
        case .decline(let id): return try decline(open(id), command.by, context, into: &effects)
        case .onTheWay(let id): try attend(open(id), .on_the_way, command.by, context, into: &effects)
        case .onScene(let id): try attend(open(id), .on_scene, command.by, context, into: &effects)
        case .close(let id, let outcome, let note):
            close(try open(id), by: command.by, outcome: outcome, note: note, context, into: &effects)
        case .note(let id, let text):
            guard var alert = book[id] else { throw Refusal.unknownAlert(id) }
            record(&alert, .noted, by: command.by, text, context, into: &effects)
        case .checkIn: break  // detection's business
        }
        return nil
    }

    /// Why a command is refused by what the registry knows, whatever the alerts say; nil when it is not.
    static func refusal(of command: Command, _ household: Household) -> Refusal? {
        if let contact = command.by.contact, household.contacts[contact] == nil {
            return .unknownContact(contact)
        }
        if case .checkIn(let resident, _) = command.action, household.residents[resident] == nil {
            return .unknownResident(resident)
        }
        return nil
    }

    private func open(_ id: AlertID) throws(Refusal) -> Alert {
        guard let alert = book[id] else { throw Refusal.unknownAlert(id) }
        if let closure = alert.closure { throw Refusal.isClosed(id, closure) }
        return alert
    }

    private mutating func accept(_ raised: Alert, _ by: Actor, _ context: Context, into effects: inout [Effect]) throws(Refusal) {
        if let owner = raised.owner {
            // The same person again, on another phone: already so.
            guard owner.name != by.name else { return }
            throw Refusal.isTakenAlready(raised.id, by: owner)
        }
        var alert = raised
        takeOwnership(&alert, by, state: .owned, lease: policy(of: alert).lease, context)
        record(&alert, .accepted, by: by, "via=\(by.via)", context, into: &effects)
        tellOthers(&alert, .taken, context, into: &effects)
    }

    private func takeOwnership(_ alert: inout Alert, _ by: Actor, state: AlertState, lease: Milliseconds, _ context: Context) {
        alert.state = state
        alert.owner = by
        alert.leaseUntil = context.now + lease
        alert.escalation.reachBy = nil
        alert.escalation.unreachableSince = nil
        alert.escalation.nextStepAt = nil
        alert.escalation.repeatAt = nil
    }

    private mutating func decline(
        _ open: Alert, _ by: Actor, _ context: Context, into effects: inout [Effect]
    ) throws(Refusal) -> LocalizedText? {
        var alert = open
        guard let owner = alert.owner else {
            guard wasAsked(by, about: alert, context) else { throw Refusal.wasNotAsked(by, about: alert.id) }
            record(&alert, .declined, by: by, "was not the owner", context, into: &effects)
            return LocalizedText(
                zh: "已记录 \(by.name) 无法接警;\(alert.id) 目前无人负责,继续升级",
                en: "recorded that \(by.name) declines; nobody has \(alert.id), escalation goes on")
        }
        guard owner.name == by.name else { throw Refusal.isTaken(alert.id, by: owner, notBy: by) }
        returnToRaised(&alert, context)
        record(&alert, .declined, by: by, "gives it back", context, into: &effects)
        advance(alert, context, into: &effects)
        return nil
    }

    /// Whether somebody was told, or a step has named them: a message that did not arrive may have been said by voice.
    private func wasAsked(_ by: Actor, about alert: Alert, _ context: Context) -> Bool {
        guard let contact = by.contact else { return false }
        return alert.told.contains(contact) || namedByStep(alert, context).contains { $0.id == contact }
    }

    private mutating func attend(
        _ open: Alert, _ event: TimelineEntry.Event, _ by: Actor, _ context: Context, into effects: inout [Effect]
    ) throws(Refusal) {
        if let owner = open.owner, owner.name != by.name { throw Refusal.isTaken(open.id, by: owner, notBy: by) }
        var alert = open
        let isNewOwner = alert.owner == nil
        takeOwnership(&alert, by, state: .attending, lease: policy(of: alert).attendingLease, context)
        record(&alert, event, by: by, "via=\(by.via)", context, into: &effects)
        if isNewOwner { tellOthers(&alert, .taken, context, into: &effects) }
    }

    mutating func close(
        _ open: Alert, by actor: Actor, outcome: OutcomeCode, note: String, _ context: Context, into effects: inout [Effect]
    ) {
        var alert = open
        alert.state = .closed
        alert.closure = Closure(at: context.now, by: actor, outcome: outcome, note: note)
        alert.leaseUntil = nil
        alert.closeAt = nil
        alert.escalation.reachBy = nil
        alert.escalation.unreachableSince = nil
        alert.escalation.nextStepAt = nil
        alert.escalation.repeatAt = nil
        record(&alert, .closed, by: actor, "outcome=\(outcome.rawValue)", context, into: &effects)
        tellOthers(&alert, .closed, context, into: &effects)
    }

    /// What is pending is taken back, and everyone who was told hears how it stands; whoever did it knows.
    private mutating func tellOthers(
        _ alert: inout Alert, _ purpose: Delivery.Purpose, _ context: Context, into effects: inout [Effect]
    ) {
        let told = withdrawPending(alert, context, into: &effects)
        let actor = purpose == .closed ? alert.closure?.by.contact : alert.owner?.contact
        let others = told.filter { $0 != actor }.compactMap { context.household.contacts[$0] }
        guard !others.isEmpty else { return }
        alert.notice += 1
        alert.told = told
        record(&alert, .withdrawn, "\(purpose.rawValue) is told to \(others.count)", context, into: &effects)
        notify(&alert, others, purpose: purpose, context, into: &effects)
    }
}
