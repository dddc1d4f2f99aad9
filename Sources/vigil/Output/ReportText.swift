import VigilConsole
import VigilCore

/// A report in words, within 100 places.
struct ReportText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ document: ReportDocument) -> String {
        let period = Words.period(clock.text(document.from), clock.text(document.to))
        guard !document.groups.isEmpty else { return Words.noReport(period)[language] }
        let groupings = document.groups.map(\.by).reduce(into: [ReportGrouping]()) { if !$0.contains($1) { $0.append($1) } }
        let tables = groupings.flatMap { grouping in
            let groups = document.groups.filter { $0.by == grouping }
            return sections(of: grouping, isAlone: groupings.count == 1).map { $0(self)(grouping, groups) }
        }
        return ([period[language]] + tables.filter { !$0.isEmpty }).joined(separator: "\n\n")
    }

    /// What is asked of each when nothing in particular was asked for; of the one that was asked for, everything.
    private func sections(
        of grouping: ReportGrouping, isAlone: Bool
    ) -> [(ReportText) -> (ReportGrouping, [ResponseReport.Group]) -> String] {
        switch grouping {
        case _ where isAlone: [ReportText.times, ReportText.verdicts]
        case .alertClass: [ReportText.overview]
        case .grid, .kind, .severity, .resident: [ReportText.times]
        case .rule, .deviceModel: [ReportText.verdicts]
        }
    }

    private func overview(_: ReportGrouping, _ groups: [ResponseReport.Group]) -> String {
        groups.map { "\(name(of: $0)): \(Words.overview($0)[language])" }.joined(separator: "\n")
    }

    /// Three lines for each group: until somebody took it, was there, closed it.
    private func times(_ grouping: ReportGrouping, _ groups: [ResponseReport.Group]) -> String {
        let answered = groups.filter { $0.alerts > 0 }
        guard !answered.isEmpty else { return "" }
        var table = TextTable(
            [TextTable.Column(title: Words.name(of: grouping)[language], isFlexible: true)]
                + [Words.alertCount, Words.openCount, Words.neverOwned, Words.until, Words.count].map { .init(title: $0[language]) }
                + ["P50", "P90", "P99"].map { .init(title: $0) })
        for group in answered {
            let ends = [(Words.untilOwned, group.owned), (Words.untilOnScene, group.onScene), (Words.untilClosed, group.closed)]
            for (index, (word, times)) in ends.enumerated() {
                let head =
                    index == 0 ? [name(of: group), "\(group.alerts)", "\(group.open)", "\(group.neverOwned)"] : ["", "", "", ""]
                table.rows.append(head + [word[language], "\(times.count)"] + [times.p50, times.p90, times.p99].map(length))
            }
        }
        return table.text
    }

    private func verdicts(_ grouping: ReportGrouping, _ groups: [ResponseReport.Group]) -> String {
        let judged = groups.filter { $0.real + $0.falseAlarms + $0.neither + $0.drills > 0 }
        guard !judged.isEmpty else { return "" }
        var table = TextTable(
            [TextTable.Column(title: Words.name(of: grouping)[language], isFlexible: true)]
                + [Words.real, Words.falseAlarms, Words.falseShare, Words.neither, Words.cancelled, Words.drills].map {
                    .init(title: $0[language])
                })
        table.rows = judged.map { group in
            let known = group.real + group.falseAlarms
            let share = known == 0 ? "-" : "\((100 * group.falseAlarms + known / 2) / known)%"
            return [name(of: group), "\(group.real)", "\(group.falseAlarms)", share]
                + [group.neither, group.cancelled, group.drills].map(String.init)
        }
        return table.text
    }

    private func name(of group: ResponseReport.Group) -> String {
        guard let key = group.key else { return Words.notKnown[language] }
        switch group.by {
        case .alertClass: return AlertClass(rawValue: key).map { Words.name(of: $0)[language] } ?? key
        case .severity: return Severity(rawValue: key).map { Words.name(of: $0)[language] } ?? technical(key)
        case .kind: return AlertWords.name(of: AlertKind(key))[language]
        case .grid: return group.name.map { "\($0) (\(key))" } ?? technical(key)
        case .resident: return technical(key)
        case .rule, .deviceModel: return key
        }
    }

    private func technical(_ key: String) -> String {
        key == ReportGrouping.technical ? Words.name(of: AlertClass.technical)[language] : key
    }

    /// `45s`, `2m 05s`, `3h 05m`, `2d 4h`.
    private func length(_ length: Milliseconds?) -> String {
        guard let length else { return "-" }
        let seconds = length.rawValue / 1000
        guard (60..<3600).contains(seconds) else { return LocalClock.age(of: WallTime(0), now: WallTime(length.rawValue)) }
        return "\(seconds / 60)m \(seconds % 60 < 10 ? "0" : "")\(seconds % 60)s"
    }
}
