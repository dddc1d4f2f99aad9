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

    static func refusal(of request: OrderRequest, by actor: Actor, _ knowledge: Knowledge) -> Refusal? {
        if actor.contact == nil && actor.login == nil { return .nobodyStandsForIt }
        if request.startsIn < .zero { return .beginsInThePast }
        if request.lasts <= .zero { return request.startsIn > .zero ? .endsBeforeItBegins : .endsInThePast }
        switch request.content {
        case .silence(let matcher):
            if request.reason.allSatisfy(\.isWhitespace) { return .needsReason }
            return refusal(of: matcher, lasting: request.lasts, knowledge)
        case .context(_, let resident):
            return unknown(resident, knowledge) ?? tooLong(request.lasts, longestContext, LocalizedText(zh: "去向登记", en: "a context"))
        case .drill(let subject):
            return refusal(of: subject, knowledge) ?? tooLong(request.lasts, longestDrill, LocalizedText(zh: "演练", en: "a drill"))
        }
    }

    private static func refusal(of matcher: AlertMatcher, lasting length: Milliseconds, _ knowledge: Knowledge) -> Refusal? {
        if matcher.isEmpty { return .silencesEverything }
        if let refusal = matcher.resident.flatMap({ unknown($0, knowledge) }) { return refusal }
        if let refusal = matcher.device.flatMap({ unknown($0, knowledge) }) { return refusal }
        if let grid = matcher.grid, !knowledge.household.registry.community.grids.contains(where: { $0.id == grid }) {
            return .unknownGrid(grid)
        }
        let fitting = knowledge.raisable.filter { (matcher.kind ?? $0.kind) == $0.kind && (matcher.rule ?? $0.rule) == $0.rule }
        guard !fitting.isEmpty else { return unraised(matcher, knowledge) }
        let silent = fitting.filter { $0.severity != .red }
        guard !silent.isEmpty else { return .isRed(matcher) }
        if silent.allSatisfy({ $0.alertClass == .technical }) {
            return tooLong(length, longestTechnicalSilence, LocalizedText(zh: "技术警报的静默", en: "a silence of technical alerts"))
        }
        return tooLong(
            length, longestLifeSilence, LocalizedText(zh: "可能涉及人身警报的静默", en: "a silence that may hold back an alert about a person"))
    }

    private static func unraised(_ matcher: AlertMatcher, _ knowledge: Knowledge) -> Refusal? {
        let kinds = knowledge.raisable.map(\.kind)
        let rules = knowledge.raisable.map(\.rule).filter { !$0.rawValue.isEmpty }
        if let kind = matcher.kind, !kinds.contains(kind) { return .unknownKind(kind, among: kinds) }
        if let rule = matcher.rule, !rules.contains(rule) { return .unknownRule(rule, among: rules) }
        guard let kind = matcher.kind, let rule = matcher.rule else { return nil }
        return .isNotRaised(kind, by: rule)
    }

    private static func refusal(of subject: Subject, _ knowledge: Knowledge) -> Refusal? {
        switch subject {
        case .resident(let id): unknown(id, knowledge)
        case .device(let id): unknown(id, knowledge)
        case .dwelling, .building, .component: .isNoDrill
        }
    }

    private static func unknown(_ id: ResidentID, _ knowledge: Knowledge) -> Refusal? {
        knowledge.household.residents[id] == nil ? .unknownResident(id) : nil
    }

    private static func unknown(_ id: DeviceID, _ knowledge: Knowledge) -> Refusal? {
        knowledge.household.device(id) == nil ? .unknownDevice(id) : nil
    }

    private static func tooLong(_ length: Milliseconds, _ longest: Milliseconds, _ what: LocalizedText) -> Refusal? {
        length > longest ? .isTooLong(what, longest) : nil
    }
}
