/// Looks ahead in every roster, and says a day before that nobody will stand.
///
/// What it remembers is laid out anew at every start, from rosters, registry and clock alone, so that a replay needs no snapshot of it.
struct RosterWatch: Sendable {
    /// What it looks at, and when.
    struct View {
        let rosters: [Roster]
        let contacts: [ContactID: Contact]
        let clock: ClockReading
        let now: EngineTime
        /// Whether an alert about the roster is open that does not say yet that somebody stands again.
        let isAlertOpen: (RosterID) -> Bool

        /// Without people, or with a wall that is not to be believed, nothing can be foreseen.
        var isClear: Bool { clock.isTrusted && !contacts.isEmpty }
    }

    private struct Foreseen: Sendable {
        let gap: RosterGap
        let evidence: Evidence
    }

    /// So long before it begins a gap is told of.
    private static let foresight = Milliseconds.hours(24)

    private static let missing = AlertKindDescription("roster_gap", .condition, .technical, zh: "值班空缺", en: "roster gap")
    static let alertKinds = [missing]
    static let raisable = [Raisable(rule: rule, kind: missing.kind, alertClass: .technical, severity: .yellow)]
    private static let rule: RuleID = "roster"

    private var foreseen: [RosterID: Foreseen] = [:]
    private var watched: Set<RosterID> = []
    /// When a gap comes into sight, or one ends.
    private(set) var nextDeadline: EngineTime?

    /// What an alert about a roster is about.
    static func key(_ roster: RosterID) -> AlertKey { AlertKey(kind: missing.kind, subject: .component("roster-\(roster)")) }

    /// A start: what stands is left to the reconciliation; what does not stand any more is cleared.
    mutating func begin(_ view: View) -> [Finding] {
        foreseen = [:]
        return look(view, isStart: true).filter { $0.change == .cleared }
    }

    /// Looks at every roster; returns what is new.
    mutating func look(_ view: View) -> [Finding] { look(view, isStart: false) }

    private mutating func look(_ view: View, isStart: Bool) -> [Finding] {
        let gone = watched.subtracting(view.rosters.map(\.id)).sorted()
        for id in gone { foreseen[id] = nil }
        watched = Set(view.rosters.map(\.id))
        nextDeadline = nil
        let ended = gone.filter(view.isAlertOpen).map { Self.cleared($0, at: view.now) }
        guard view.isClear else { return ended }
        return ended + view.rosters.compactMap { look(at: $0, view, isStart: isStart) }
    }

    private mutating func look(at roster: Roster, _ view: View, isStart: Bool) -> Finding? {
        let wall = view.clock.wall(at: view.now)
        let gap = roster.gap(from: wall) { view.contacts[$0] != nil }
        schedule(gap, view)
        guard let gap, view.now + Self.foresight >= view.clock.time(of: gap.from) else {
            foreseen[roster.id] = nil
            return view.isAlertOpen(roster.id) ? Self.cleared(roster.id, at: view.now) : nil
        }
        if let known = foreseen[roster.id]?.gap, known.isSame(as: gap, at: wall) { return nil }
        // A start finds what came into sight before it: what a human has closed since stays closed.
        let time = isStart ? min(view.clock.time(of: gap.from) - Self.foresight, view.now) : view.now
        foreseen[roster.id] = Foreseen(gap: gap, evidence: Evidence(at: time, sentence: Self.words(gap, in: roster)))
        return standing(roster.id)
    }

    private mutating func schedule(_ gap: RosterGap?, _ view: View) {
        let furthest = view.now + (Roster.horizon - Self.foresight)
        var next = furthest
        if let gap {
            let begin = view.clock.time(of: gap.from) - Self.foresight
            next = begin > view.now ? begin : gap.until.map { view.clock.time(of: $0) } ?? furthest
        }
        nextDeadline = EngineTime.earlier(nextDeadline, min(next, furthest))
    }

    /// Every gap that is foreseen, in order of the rosters' ids.
    var standingFindings: [Finding] { foreseen.keys.sorted().compactMap { standing($0) } }

    private func standing(_ roster: RosterID) -> Finding? {
        foreseen[roster].map { Self.finding(roster, .active, $0.evidence) }
    }

    private static func cleared(_ roster: RosterID, at time: EngineTime) -> Finding {
        let words = LocalizedText(zh: "值班表 \(roster) 已有人值班", en: "roster \(roster) has no gap any more")
        return finding(roster, .cleared, Evidence(at: time, sentence: words))
    }

    private static func words(_ gap: RosterGap, in roster: Roster) -> LocalizedText {
        let from = LocalTime.moment(at: gap.from, zone: roster.timeZone).text
        guard let until = gap.until.map({ LocalTime.moment(at: $0, zone: roster.timeZone).text }) else {
            return LocalizedText(zh: "值班表 \(roster.id) 自 \(from) 起无人值班", en: "nobody stands in roster \(roster.id) from \(from) on")
        }
        return LocalizedText(
            zh: "值班表 \(roster.id) 自 \(from) 至 \(until) 无人值班", en: "nobody stands in roster \(roster.id) from \(from) to \(until)")
    }

    private static func finding(_ roster: RosterID, _ change: Finding.Change, _ evidence: Evidence) -> Finding {
        let key = key(roster)
        return Finding(
            rule: Self.rule, kind: key.kind, alertClass: .technical, severity: .yellow, subject: key.subject, change: change,
            evidence: evidence)
    }
}
