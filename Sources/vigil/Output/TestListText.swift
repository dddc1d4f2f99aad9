import VigilCore

/// The list of overdue tests as it is printed: 80 columns, in which a Chinese character takes two.
struct TestListText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ list: TestList) -> String {
        let title = CallSheetText.title(Words.tests[language], list.community, clock.text(list.madeAt))
        return [title, "", table(list), "", Words.testCounts(list.overdue, of: list.total)[language]].joined(separator: "\n")
    }

    private func table(_ list: TestList) -> String {
        guard list.total > 0 else { return Words.noTests[language] }
        guard !list.devices.isEmpty else { return Words.noneOverdue[language] }
        var table = TextTable(
            [
                .init(title: Words.place[language], isFlexible: true), .init(title: Words.testResident[language], isFlexible: true),
                .init(title: Words.testDevice[language], isFlexible: true), .init(title: Words.lastTest[language]),
                .init(title: Words.overdueSince[language]),
            ], width: CallSheetText.width)
        table.rows = list.devices.map { entry in
            [
                entry.place ?? "-", entry.residents.isEmpty ? "-" : entry.residents.joined(separator: " "),
                entry.name.isEmpty ? entry.device.rawValue : "\(entry.device) \(entry.name)",
                entry.testedAt.map { clock.day($0) } ?? Words.never[language],
                entry.overdueSince.map { clock.day($0) } ?? (entry.isOverdue ? Words.always[language] : "-"),
            ]
        }
        return table.text
    }
}
