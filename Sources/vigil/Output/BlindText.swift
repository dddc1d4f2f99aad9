import VigilConsole
import VigilCore

/// The blind list in words.
struct BlindText {
    private let language: Language
    private let clock: LocalClock
    private let now: WallTime

    init(language: Language, timeZone: String, now: WallTime) {
        self.language = language
        clock = LocalClock(zone: timeZone)
        self.now = now
    }

    func table(_ residents: [BlindReport]) -> String {
        guard !residents.isEmpty else { return Words.noneBlind[language] }
        var table = TextTable([
            .init(title: Words.blindResident[language]), .init(title: Words.protection[language]), .init(title: Words.since[language]),
            .init(title: Words.unheard[language], isFlexible: true), .init(title: Words.cause[language], isFlexible: true),
        ])
        table.rows = residents.map { report in
            [
                report.resident.rawValue, protection(report)[language],
                LocalClock.age(of: report.since, now: now), report.devices.map(\.rawValue).joined(separator: " "),
                cause(report),
            ]
        }
        return table.text
    }

    private func protection(_ report: BlindReport) -> LocalizedText {
        if report.isWhole { return Words.blind }
        return report.unobserved == nil ? Words.degraded : Words.unobserved
    }

    private func cause(_ report: BlindReport) -> String {
        let gap = report.unobserved.map { Words.unobserved(clock.minute($0.from), until: clock.minute($0.until))[language] }
        let causes = report.causes.isEmpty && !report.devices.isEmpty ? [Words.closedCause[language]] : report.causes.map(\.rawValue)
        return (causes + [gap].compactMap { $0 }).joined(separator: " ")
    }
}
