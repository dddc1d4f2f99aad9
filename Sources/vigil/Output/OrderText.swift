import VigilConsole
import VigilCore

/// Standing orders in words.
struct OrderText {
    let language: Language
    let clock: LocalClock
    let now: WallTime

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
        now = LocalClock.now
    }

    func table(_ orders: [OrderReport]) -> String {
        guard !orders.isEmpty else { return Words.noOrders[language] }
        var table = TextTable([
            .init(title: Words.id[language]), .init(title: Words.what[language]), .init(title: Words.about[language], isFlexible: true),
            .init(title: Words.state[language]), .init(title: Words.endsAt[language]),
            .init(title: Words.by[language], isFlexible: true),
            .init(title: Words.reason[language], isFlexible: true),
        ])
        table.rows = orders.map { order in
            [
                order.id.rawValue, Words.name(of: order.content)[language], about(order.content), state(order),
                clock.short(order.endedAt ?? order.until, now: now), order.by, order.reason,
            ]
        }
        return table.text
    }

    /// What was put in force just now.
    func placed(_ order: OrderReport) -> String {
        let words = Words.placed(order, until: clock.text(order.until))[language]
        return order.isRecorded ? words : "\(words)\n! \(Words.isUnrecorded[language])"
    }

    private func state(_ order: OrderReport) -> String {
        let state = Words.state(of: order, now: now)[language]
        return order.isRecorded ? state : "\(state) (\(Words.unrecorded[language]))"
    }

    private func about(_ content: StandingOrder.Content) -> String {
        switch content {
        case .silence(let matcher):
            let parts: [(String, String?)] = [
                ("kind", matcher.kind?.rawValue), ("rule", matcher.rule?.rawValue), ("resident", matcher.resident?.rawValue),
                ("grid", matcher.grid?.rawValue), ("device", matcher.device?.rawValue),
            ]
            return parts.compactMap { name, value in value.map { "\(name):\($0)" } }.joined(separator: " ")
        case .context(_, let resident): return "resident:\(resident)"
        case .drill(let subject): return subject.description
        }
    }
}
