import VigilConsole
import VigilCore

/// The blind list in words.
struct BlindText {
    let language: Language
    let now: WallTime

    func table(_ residents: [BlindReport]) -> String {
        guard !residents.isEmpty else { return Words.noneBlind[language] }
        var table = TextTable([
            .init(title: Words.blindResident[language]), .init(title: Words.protection[language]), .init(title: Words.since[language]),
            .init(title: Words.unheard[language], isFlexible: true), .init(title: Words.cause[language], isFlexible: true),
        ])
        table.rows = residents.map { report in
            [
                report.resident.rawValue, (report.isWhole ? Words.blind : Words.degraded)[language],
                LocalClock.age(of: report.since, now: now), report.devices.map(\.rawValue).joined(separator: " "),
                report.causes.map(\.rawValue).joined(separator: " "),
            ]
        }
        return table.text
    }
}
