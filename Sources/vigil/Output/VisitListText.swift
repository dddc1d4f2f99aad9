import VigilCore

/// The daily list of visits as it is printed: 80 columns, in which a Chinese character takes two; a telephone number is never cut.
struct VisitListText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ list: VisitList) -> String {
        var lines = [
            CallSheetText.title("\(Words.visits[language]) \(list.day)", list.community, clock.text(list.madeAt))
        ]
        lines += Words.isPersonalData.map { $0[language] }
        if !list.isWatched { lines += ["", Words.isUnwatched[language]] }
        for area in list.grids {
            let entries = list.visits.filter { $0.grid == area.id }
            if !entries.isEmpty { lines += CallSheetText.heading("\(area.name)  (\(area.id))") + blocks(entries, list) }
        }
        let elsewhere = list.visits.filter { visit in !list.grids.contains { $0.id == visit.grid } }
        if !elsewhere.isEmpty { lines += CallSheetText.heading(Words.elsewhere[language]) + blocks(elsewhere, list) }
        if list.visits.isEmpty { lines += ["", (list.total == 0 ? Words.noHomes : Words.noVisits)[language]] }
        return (lines + ["", Words.visitCounts(list)[language]]).joined(separator: "\n")
    }

    private func blocks(_ entries: [VisitList.Entry], _ list: VisitList) -> [String] {
        entries.enumerated().flatMap { index, entry in block(entry, index + 1, list) }
    }

    private func block(_ entry: VisitList.Entry, _ number: Int, _ list: VisitList) -> [String] {
        let person = [entry.place, entry.resident.name, "(\(entry.resident.id))", entry.risk?.rawValue ?? ""].filter { !$0.isEmpty }
        var lines = ["", cut("\(TextTable.fitted("\(number)", to: 3)) \(person.joined(separator: "  "))")]
        lines += entry.reasons.map { cut("    - \(words($0, list))") }
        if let visit = entry.lastVisit { lines.append(cut("    \(words(visit))")) }
        if let phone = entry.resident.phone {
            lines.append(CallSheetText.row("", entry.resident.name, Words.resident[language], phone, language))
        }
        lines += entry.family.map { CallSheetText.row("", $0.name, Words.name(of: $0.role)[language], $0.phone, language) }
        return lines
    }

    private func cut(_ line: String) -> String { TextTable.cut(line.printable, to: CallSheetText.width) }

    private func words(_ reason: VisitList.Reason, _ list: VisitList) -> String {
        let age = reason.since.map { LocalClock.age(of: $0, now: list.madeAt) } ?? ""
        switch reason.what {
        case .blind: return Words.isBlind(for: age)[language]
        case .unobserved:
            guard let from = reason.since, let until = reason.until else { return Words.unobserved[language] }
            return Words.unobserved(clock.minute(from), until: clock.minute(until))[language]
        case .degraded: return Words.isDegraded(for: age)[language]
        case .alert:
            let kind = reason.kind.map { AlertWords.name(of: $0)[language] } ?? ""
            return "\(kind)  \(reason.alert?.rawValue ?? "")  \(Words.openFor(age)[language])"
        case .due:
            guard let due = reason.since else { return Words.neverVisited[language] }
            return due <= list.madeAt ? Words.visitOverdue(by: age)[language] : Words.visitDue(clock.minute(due))[language]
        }
    }

    private func words(_ visit: VisitList.LastVisit) -> String {
        let note = visit.note.isEmpty ? "" : "  \(visit.note)"
        return Words.lastVisit(clock.minute(visit.at), by: visit.by)[language] + note
    }
}
