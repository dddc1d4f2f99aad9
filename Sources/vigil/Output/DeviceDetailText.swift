import VigilConsole
import VigilCore

/// One device in words.
struct DeviceDetailText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ report: DeviceDetailReport) -> String {
        (binding(report) + hearing(report) + values(report) + frames(report)).joined(separator: "\n")
    }

    private func binding(_ report: DeviceDetailReport) -> [String] {
        let device = report.device
        let title = device.name.isEmpty ? device.device.rawValue : "\(device.device) \(device.name)"
        return [
            title, line(Words.speaksAs, "\(device.dialect):\(device.address)"),
            line(Words.place, device.dwelling.map { "\($0) \(device.place ?? "")" } ?? "-"),
            line(Words.testResident, device.resident?.rawValue ?? "-"),
        ] + [report.model.map { line(Words.model, $0) }, report.via.map { line(Words.heardThrough, $0.rawValue) }].compactMap { $0 }
    }

    private func hearing(_ report: DeviceDetailReport) -> [String] {
        let device = report.device
        let state = Words.name(of: device.state)[language]
        let behind = device.suspension(clock, language).map { " (\($0))" } ?? ""
        let limits = [
            device.staleAfter.map { Words.stale(after: $0.text)[language] },
            device.deadAfter.map { Words.dead(after: $0.text)[language] },
        ].compactMap { $0 }
        let last = device.lastHeardAt.map { "\(clock.text($0)) (\(LocalClock.age(of: $0, now: report.asOf)))" }
        let dues = [report.staleAt.map { Words.stale(at: clock.text($0)) }, report.deadAt.map { Words.dead(at: clock.text($0)) }]
        let notes = device.notes(language)
        let battery = device.batteryPercent.map { "\(ValueText.number($0.rounded()))%" }
        return [
            line(Words.liveness, ([device.liveness.rawValue] + limits).joined(separator: ", ")), line(Words.state, state + behind),
            line(Words.lastSeen, last ?? Words.never[language]),
        ] + dues.compactMap { $0.map { line(Words.ifSilent, $0[language]) } }
            + [
                line(Words.battery, battery ?? "-"), forecast(device),
                line(Words.lastTest, report.testedAt.map { clock.text($0) } ?? "-"),
                notes.isEmpty ? nil : line(Words.notes, notes.joined(separator: " ")),
            ].compactMap { $0 }
    }

    private func forecast(_ device: DeviceReport) -> String? {
        guard let perDay = device.batteryPercentPerDay, let empty = device.batteryEmptyAt else { return nil }
        // To two places: more is not known of what devices say in whole percents.
        let loss = (-perDay * 100).rounded() / 100
        return line(Words.batteryTrend, Words.losesPerDay("\(ValueText.number(loss))%", empty: clock.day(empty))[language])
    }

    private func values(_ report: DeviceDetailReport) -> [String] {
        guard !report.values.isEmpty else { return [] }
        var table = TextTable([
            .init(title: Words.kind[language]), .init(title: Words.partValue[language], isFlexible: true),
            .init(title: Words.age[language]),
        ])
        table.rows = report.values.map { value in
            [value.kind.rawValue, ValueText.text(value.value), value.at.map { LocalClock.age(of: $0, now: report.asOf) } ?? "-"]
        }
        return ["", table.text]
    }

    private func frames(_ report: DeviceDetailReport) -> [String] {
        guard !report.frames.isEmpty else { return ["", Words.noFrames(report.lookedThrough)[language]] }
        let text = FrameText(language: language, clock: clock)
        return ["", Words.lastFrames[language]] + report.frames.flatMap(text.lines)
    }

    private func line(_ title: LocalizedText, _ value: String) -> String {
        "  \(TextTable.fitted(title[language], to: 16))\(value.printable)"
    }
}
