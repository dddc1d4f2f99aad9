import VigilConsole
import VigilCore

/// Proof of protection in words.
struct CoverageText {
    private let language: Language
    private let clock: LocalClock
    private let now: WallTime

    init(_ language: Language, timeZone: String, now: WallTime) {
        self.language = language
        clock = LocalClock(zone: timeZone)
        self.now = now
    }

    /// Everyone, a line each, and how many there are of each verdict.
    func table(_ report: CoverageReport) -> String {
        guard !report.residents.isEmpty else { return Words.noHomes[language] }
        var table = TextTable([
            .init(title: Words.blindResident[language]), .init(title: Words.protection[language]),
            .init(title: Words.weakestLink[language], isFlexible: true), .init(title: Words.toNotice[language]),
            .init(title: Words.toTell[language]),
        ])
        table.rows = report.residents.map { coverage in
            [
                coverage.resident.rawValue, Words.name(of: coverage.verdict)[language],
                coverage.weakest.map { "\(Words.name(of: $0.what)[language]): \($0.reason[language])" } ?? "",
                longest(coverage.parts.map(\.noticedWithin)), longest(coverage.parts.map(\.toldWithin)),
            ]
        }
        return "\(table.text)\n\n\(Words.counted(report)[language])"
    }

    /// The worst of several; unbounded where one of them is.
    private func longest(_ lengths: [Milliseconds?]) -> String {
        let known = lengths.compactMap { $0 }
        return known.count == lengths.count ? known.max().map(Self.roundedUp) ?? "" : Words.unbounded[language]
    }

    /// Never less than it is: `90s`, `62m`, `49h 1m`, `7d 1h`.
    static func roundedUp(_ length: Milliseconds) -> String {
        let seconds = max(0, length.rawValue) / 1000 + (length.rawValue % 1000 > 0 ? 1 : 0)
        guard seconds >= 120 else { return "\(seconds)s" }
        let minutes = seconds / 60 + (seconds % 60 > 0 ? 1 : 0)
        guard minutes >= 120 else { return "\(minutes)m" }
        guard minutes >= 72 * 60 else { return both(minutes, 60, "h", "m") }
        return both(minutes / 60 + (minutes % 60 > 0 ? 1 : 0), 24, "d", "h")
    }

    private static func both(_ count: Int64, _ size: Int64, _ large: String, _ small: String) -> String {
        count % size == 0 ? "\(count / size)\(large)" : "\(count / size)\(large) \(count % size)\(small)"
    }

    /// One resident, link by link.
    func details(_ report: CoverageReport) -> String {
        report.residents.map { coverage in
            let title = "\(coverage.resident) \(coverage.name), \(coverage.place): \(Words.name(of: coverage.verdict)[language])"
            return ([title] + coverage.parts.map(section)).joined(separator: "\n\n")
        }.joined(separator: "\n\n")
    }

    private func section(_ part: Coverage.Part) -> String {
        let title =
            "\(Words.name(of: part.danger)[language]): \(Words.name(of: part.verdict)[language]), "
            + Words.worstCase(part.noticedWithin.map(Self.roundedUp), part.toldWithin.map(Self.roundedUp))[language]
        let links = part.links.map { link in
            let at = link.at.map { " (\(clock.short($0, now: now)))" } ?? ""
            return "  \(Words.name(of: link.what)[language]): \(Words.name(of: link.verdict)[language]), \(link.reason[language])\(at)"
        }
        return ([title] + links).joined(separator: "\n")
    }
}
