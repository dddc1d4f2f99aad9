import VigilCore

/// A call sheet as it is printed: 80 columns, in which a Chinese character takes two; a telephone number is never cut.
struct CallSheetText {
    static let width = 80

    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ sheet: CallSheet) -> String {
        var lines = [
            Self.title(Words.callSheet[language], sheet.community, clock.text(sheet.madeAt)),
            Words.registryVersion(sheet.registryVersion)[language],
        ]
        lines += Words.isPersonalData.map { $0[language] }
        lines += urgent(sheet)
        var grid: GridNumber?
        for home in sheet.homes where home.alerts.isEmpty {
            let next = GridNumber(id: home.grid, name: home.gridName)
            if grid != next { lines += Self.heading(next.name) }
            grid = next
            lines += block(home, sheet)
        }
        if sheet.homes.isEmpty { lines += ["", Words.noHomes[language]] }
        return lines.joined(separator: "\n")
    }

    /// The first line of what is printed: what it is, where, and when it was made.
    static func title(_ what: String, _ community: String, _ made: String) -> String {
        TextTable.fitted("\(what)  \(community.printable)", to: width - made.count - 2) + "  " + made
    }

    private struct GridNumber: Equatable {
        let id: GridID
        let name: String
    }

    private func urgent(_ sheet: CallSheet) -> [String] {
        let homes = sheet.homes.filter { !$0.alerts.isEmpty }
        guard !homes.isEmpty || !sheet.elsewhere.isEmpty else { return ["", Words.noRedAlerts[language]] }
        let elsewhere = sheet.elsewhere.isEmpty ? [] : [""] + sheet.elsewhere.map { alert($0, sheet) }
        return Self.heading(Words.openRedAlerts[language]) + elsewhere + homes.flatMap { block($0, sheet) }
    }

    /// The head of a part of what is printed.
    static func heading(_ words: String) -> [String] {
        ["", TextTable.cut(words.printable, to: width), String(repeating: "=", count: width)]
    }

    private func block(_ home: CallSheet.Home, _ sheet: CallSheet) -> [String] {
        let place = home.alerts.isEmpty ? home.address : "\(home.address)  \(home.gridName)"
        var lines = ["", TextTable.cut(place.printable, to: Self.width)]
        lines += home.alerts.map { alert($0, sheet) }
        lines += home.residents.map { Self.row("", $0.name, Words.resident[language], $0.phone, language) }
        let names = Dictionary(home.residents.map { ($0.id, $0.name) }) { first, _ in first }
        lines += home.calls.enumerated().map { index, call in
            // Whose they are says nothing where one lives alone.
            let whose = home.residents.count > 1 ? call.familyOf.compactMap { names[$0] }.joined(separator: " ") : ""
            return Self.row("\(index + 1)", call.name, "\(Words.name(of: call.role)[language]) \(whose)", call.phone, language)
        }
        return lines
    }

    private func alert(_ alert: CallSheet.OpenAlert, _ sheet: CallSheet) -> String {
        let words = [
            clock.short(alert.raisedAt, now: sheet.madeAt), AlertWords.name(of: alert.kind)[language],
            Words.name(of: alert.state)[language], alert.id.rawValue,
        ]
        return TextTable.cut("  ! " + words.joined(separator: "  ").printable, to: Self.width)
    }

    /// Somebody to call: 2 + 3 + 26 + 2 + 20 + 2, and the longest number that a registry takes: 24.
    static func row(_ number: String, _ name: String, _ role: String, _ phone: String?, _ language: Language) -> String {
        let cells = [TextTable.fitted(name.printable, to: 26), TextTable.fitted(role.printable, to: 20)]
        return "  \(TextTable.fitted(number, to: 3))" + cells.map { "\($0)  " }.joined() + (phone?.printable ?? Words.noPhone[language])
    }
}
