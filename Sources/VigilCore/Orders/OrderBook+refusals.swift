// What nobody may put in force (`alert-lifecycle.md`, section 4): a refusal names what is wrong, and nothing is applied.

extension OrderBook {
    /// What an order is held against.
    struct Knowledge {
        let household: Household
        let raisable: [Raisable]
    }

    static let longestLifeSilence = Milliseconds.hours(12)
    static let longestTechnicalSilence = Milliseconds.hours(24)
    /// A longer one is a slip of the pen.
    static let longestContext = Milliseconds.hours(366 * 24)
    /// A call for help that is taken for a drill is the price of each hour.
    static let longestDrill = Milliseconds.hours(4)

    static func refusal(of request: OrderRequest, by actor: Actor, _ knowledge: Knowledge) -> String? {
        if actor.contact == nil && actor.login == nil { return "nobody stands for it; say who asks, by login or as a contact" }
        if request.startsIn < .zero { return "it begins in the past; leave the beginning out for now" }
        if request.lasts <= .zero { return "its end lies in the past; write a later one" }
        switch request.content {
        case .silence(let matcher):
            if request.reason.allSatisfy(\.isWhitespace) { return "a silence needs a reason; write --reason TEXT" }
            return refusal(of: matcher, lasting: request.lasts, knowledge)
        case .context(_, let resident):
            return unknown(resident, knowledge) ?? tooLong(request.lasts, longestContext, "a context")
        case .drill(let subject): return refusal(of: subject, knowledge) ?? tooLong(request.lasts, longestDrill, "a drill")
        }
    }

    private static func refusal(of matcher: AlertMatcher, lasting length: Milliseconds, _ knowledge: Knowledge) -> String? {
        if matcher.isEmpty { return "a silence of everything is none; name a kind, rule, resident, grid or device" }
        if let refusal = matcher.resident.flatMap({ unknown($0, knowledge) }) { return refusal }
        if let refusal = matcher.device.flatMap({ unknown($0, knowledge) }) { return refusal }
        if let grid = matcher.grid, !knowledge.household.registry.community.grids.contains(where: { $0.id == grid }) {
            return "there is no grid \"\(grid)\"; see: vigil registry export"
        }
        let fitting = knowledge.raisable.filter { (matcher.kind ?? $0.kind) == $0.kind && (matcher.rule ?? $0.rule) == $0.rule }
        guard !fitting.isEmpty else { return unraised(matcher, knowledge) }
        let silent = fitting.filter { $0.severity != .red }
        guard !silent.isEmpty else {
            let named = [matcher.kind.map { "kind \"\($0)\"" }, matcher.rule.map { "rule \"\($0)\"" }].compactMap { $0 }
            return "\(named.joined(separator: " of ")) is red, and red is never silenced; for an alarm that is tried out: vigil drill"
        }
        let isTechnical = silent.allSatisfy { $0.alertClass == .technical }
        return isTechnical
            ? tooLong(length, longestTechnicalSilence, "a silence of technical alerts")
            : tooLong(length, longestLifeSilence, "a silence that may hold back an alert about a person")
    }

    private static func unraised(_ matcher: AlertMatcher, _ knowledge: Knowledge) -> String {
        let kinds = knowledge.raisable.map(\.kind.rawValue)
        let rules = knowledge.raisable.map(\.rule.rawValue).filter { !$0.isEmpty }
        if let kind = matcher.kind, !kinds.contains(kind.rawValue) {
            return "no rule raises \(SettingFault.quoted(kind.rawValue))\(SettingFault.hint(kind.rawValue, among: kinds))"
        }
        if let rule = matcher.rule, !rules.contains(rule.rawValue) {
            return "there is no rule \(SettingFault.quoted(rule.rawValue))\(SettingFault.hint(rule.rawValue, among: rules))"
        }
        return "rule \"\(matcher.rule?.rawValue ?? "")\" does not raise \"\(matcher.kind?.rawValue ?? "")\"; name one of the two"
    }

    private static func refusal(of subject: Subject, _ knowledge: Knowledge) -> String? {
        switch subject {
        case .resident(let id): unknown(id, knowledge)
        case .device(let id): unknown(id, knowledge)
        case .dwelling, .building, .component: "a drill is about a resident or a device; write resident:ID or device:ID"
        }
    }

    private static func unknown(_ id: ResidentID, _ knowledge: Knowledge) -> String? {
        knowledge.household.residents[id] == nil ? "there is no resident \"\(id)\"; see: vigil registry export" : nil
    }

    private static func unknown(_ id: DeviceID, _ knowledge: Knowledge) -> String? {
        knowledge.household.device(id) == nil ? "there is no device \"\(id)\"; see: vigil registry export" : nil
    }

    private static func tooLong(_ length: Milliseconds, _ longest: Milliseconds, _ what: String) -> String? {
        length > longest ? "\(what) lasts \(longest.text) at most; write an earlier end, and place it again when that comes" : nil
    }
}
