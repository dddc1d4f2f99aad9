// What people do to alerts (`alert-lifecycle.md`, section 3). A refusal changes nothing and says why.

extension Alerting {
    /// - Returns: nil when done, otherwise why it was refused.
    mutating func carryOut(_ command: Command, _ context: Context, into effects: inout [Effect]) -> String? {
        do throws(AlertRefusal) {
            try perform(command, context, into: &effects)
            return nil
        } catch {
            return error.reason
        }
    }

    private mutating func perform(_ command: Command, _ context: Context, into effects: inout [Effect]) throws(AlertRefusal) {
        if let reason = refusal(of: command, context.household) { throw .because(reason) }
        guard let id = command.action.alert else { return }
        guard let alert = book[id] else { throw .because("there is no open alert \"\(id)\"; see: vigil alerts list") }
        if case .note(_, let text) = command.action {
            var alert = alert
            return record(&alert, .noted, by: command.by, text, context, into: &effects)
        }
        if case .reopen = command.action, let later = book.latest(alert.key), later.id != id {
            throw .because("\(id) was followed by \(later.id); look at that one")
        }
        guard let event = event(command, on: alert, context) else { return }
        try carryOut(event, on: alert, context, into: &effects)
    }

    private func event(_ command: Command, on alert: Alert, _ context: Context) -> AlertEvent? {
        let by = command.by
        switch command.action {
        case .accept: return .accepted(by, wasTold: wasAsked(by, about: alert, context))
        case .decline: return .declined(by)
        case .seen: return .seen(by)
        case .onTheWay: return .onTheWay(by)
        case .onScene: return .onScene(by)
        case .handOver(_, let to): return .handOverOffered(by, to: to)
        case .close(_, let outcome, let note): return .closed(by, outcome, note: note)
        case .review(_, let note): return .reviewed(by, note: note)
        case .reopen(_, let note): return .reopened(by, note.isEmpty ? "does not agree" : note, window: .zero)
        case .note, .checkIn, .place, .endOrder: return nil
        }
    }

    /// Whether the actor was told of the alert, or is a login at the box, who need not be.
    private func wasAsked(_ by: Actor, about alert: Alert, _ context: Context) -> Bool {
        guard let contact = by.contact else { return true }
        return alert.told.contains(contact) || outbox.unsettled(of: alert.id).contains { $0.contact == contact }
            || named(alert, context).contains { $0.id == contact }
    }

    /// Why a command is refused by what the registry knows, whatever the alerts say; nil when it is not.
    func refusal(of command: Command, _ household: Household) -> String? {
        if let contact = command.by.contact, household.contacts[contact] == nil { return Self.noContact(contact) }
        switch command.action {
        case .checkIn(let resident, _) where household.residents[resident] == nil:
            return "there is no resident \"\(resident)\"; see: vigil registry export"
        case .handOver(_, let contact):
            guard let contact = household.contacts[contact] else { return Self.noContact(contact) }
            return firstMethod(of: contact, from: 0) == nil ? "\(contact.id) has no channel to be asked over" : nil
        default: return nil
        }
    }

    private static func noContact(_ id: ContactID) -> String { "there is no contact \"\(id)\"; see: vigil registry export" }
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
        case .checkIn, .place, .endOrder: nil
        }
    }
}
