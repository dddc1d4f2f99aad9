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
        if let refusal = refusal(of: command, context.household) { throw refusal }
        guard let id = command.action.alert else { return nil }
        guard let alert = book[id] else { throw .unknownAlert(id) }
        if case .note(_, let text) = command.action {
            guard !text.allSatisfy(\.isWhitespace) else { throw .isWordless }
            var alert = alert
            record(&alert, .noted, by: command.by, text, context, into: &effects)
            return nil
        }
        if case .reopen = command.action, let later = book.latest(alert.key), later.id != id { throw .isFollowed(id, by: later.id) }
        guard let event = event(command, on: alert, context) else { return nil }
        try carryOut(event, on: alert, context, into: &effects)
        return whatWasRecorded(command, of: alert)
    }

    private func event(_ command: Command, on alert: Alert, _ context: Context) -> AlertEvent? {
        let by = command.by
        switch command.action {
        case .accept: return .accepted(by, wasAsked: wasAsked(by, about: alert, context))
        case .decline: return .declined(by, wasAsked: by.contact != nil && wasAsked(by, about: alert, context))
        case .seen: return .seen(by)
        case .onTheWay: return .onTheWay(by)
        case .onScene: return .onScene(by)
        case .handOver(_, let to): return .handOverOffered(by, to: to)
        case .close(_, let outcome, let note): return .closed(by, outcome, note: note)
        case .review(_, let note): return .reviewed(by, note: note)
        case .reopen(_, let note): return .reopened(by, note.isEmpty ? "does not agree" : note, window: .zero)
        case .note, .checkIn, .forgetCounter, .place, .endOrder: return nil
        }
    }

    /// A word that moves nothing is answered as one.
    private func whatWasRecorded(_ command: Command, of before: Alert) -> LocalizedText? {
        guard case .decline = command.action, before.owner == nil else { return nil }
        return LocalizedText(
            zh: "已记录 \(command.by.name) 无法接警;\(before.id) 目前无人负责,继续升级",
            en: "recorded that \(command.by.name) declines; nobody has \(before.id), escalation goes on")
    }

    /// Whether somebody was told, or a step has named them: a message that did not arrive may have been said by voice. A login at the box
    /// needs no message.
    private func wasAsked(_ by: Actor, about alert: Alert, _ context: Context) -> Bool {
        guard let contact = by.contact else { return true }
        return alert.told.contains(contact) || alert.handOver?.to == contact
            || namedByStep(alert, context).contains { $0.id == contact }
    }

    /// Why a command is refused by what the registry knows, whatever the alerts say; nil when it is not.
    func refusal(of command: Command, _ household: Household) -> Refusal? {
        if let contact = command.by.contact, household.contacts[contact] == nil { return .unknownContact(contact) }
        switch command.action {
        case .checkIn(let resident, _) where household.residents[resident] == nil: return .unknownResident(resident)
        case .forgetCounter(let device, _) where household.device(device) == nil: return .unknownDevice(device)
        case .handOver(_, let id):
            guard let contact = household.contacts[id] else { return .unknownContact(id) }
            return firstMethod(of: contact, from: 0) == nil ? .cannotBeAsked(id) : nil
        default: return nil
        }
    }
}

extension Command.Action {
    /// The standing order that it is about, where it is about one that stands already.
    public var order: OrderID? { if case .endOrder(let id) = self { id } else { nil } }

    /// Whether it places or ends a standing order.
    var isAboutOrders: Bool {
        switch self {
        case .place, .endOrder: true
        default: false
        }
    }

    /// The alert that it is about, where it is about one.
    public var alert: AlertID? {
        switch self {
        case .accept(let id), .decline(let id), .seen(let id), .onTheWay(let id), .onScene(let id), .handOver(let id, _),
            .close(let id, _, _), .review(let id, _), .reopen(let id, _), .note(let id, _):
            id
        case .checkIn, .forgetCounter, .place, .endOrder: nil
        }
    }
}
