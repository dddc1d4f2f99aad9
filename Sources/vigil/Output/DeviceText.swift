import VigilConsole
import VigilCore

/// Devices that nobody registered and frames that nobody understood, in words.
struct DeviceText {
    let language: Language
    let now: WallTime

    /// Who may be somebody's device, and behind them who only speaks for others.
    func unclaimed(_ list: UnclaimedList) -> String {
        let devices = list.devices
        guard !devices.isEmpty else { return Words.noUnclaimed[language] }
        let (own, spokesmen) = (devices.filter { !$0.speaksForOthers }, devices.filter(\.speaksForOthers))
        var parts = own.isEmpty ? [] : [table(own)]
        if !spokesmen.isEmpty { parts.append("\(Words.speakForOthers[language])\n\(table(spokesmen))") }
        let notes = [Words.unclaimedPace[language]] + cut(Words.cutUnclaimed, devices.count, list.total)
        return parts.joined(separator: "\n\n") + "\n" + notes.joined(separator: "\n")
    }

    private func table(_ devices: [UnclaimedReport]) -> String {
        var table = TextTable([
            .init(title: Words.dialect[language]), .init(title: Words.address[language]), .init(title: Words.sightings[language]),
            .init(title: Words.lastSeen[language]), .init(title: Words.announced[language], isFlexible: true),
            .init(title: Words.sample[language], isFlexible: true),
        ])
        table.rows = devices.map { device in
            [
                device.dialect.rawValue, device.address, "\(device.sightings)",
                device.lastAt.map { LocalClock.age(of: $0, now: now) } ?? "-", device.announced.map(announced) ?? "-",
                device.sample?.text ?? "-",
            ]
        }
        return table.text
    }

    /// `Hall: smoke, battery_percent (Develco SMSZB-120)`.
    private func announced(_ report: AnnouncementReport) -> String {
        var kinds: [String] = []
        for reading in report.readings where !kinds.contains(reading.kind.rawValue) { kinds.append(reading.kind.rawValue) }
        let name = report.name.map { "\($0): " } ?? ""
        let make = [report.manufacturer, report.model].compactMap { $0 }.joined(separator: " ")
        return name + kinds.joined(separator: ", ") + (make.isEmpty ? "" : " (\(make))")
    }

    func quarantine(_ report: QuarantineReport) -> String {
        guard !report.counts.isEmpty || !report.samples.isEmpty else { return Words.noQuarantine[language] }
        var counts = TextTable([
            .init(title: Words.dialect[language]), .init(title: Words.address[language]), .init(title: Words.frames[language]),
            .init(title: Words.lastSeen[language]),
        ])
        counts.rows = report.counts.map { count in
            [count.dialect?.rawValue ?? "-", count.address ?? "-", "\(count.frames)", LocalClock.age(of: count.lastAt, now: now)]
        }
        var samples = TextTable([
            .init(title: Words.lastSeen[language]), .init(title: Words.topic[language], isFlexible: true),
            .init(title: Words.reason[language], isFlexible: true), .init(title: Words.sample[language], isFlexible: true),
        ])
        samples.rows = report.samples.map { sample in
            [
                LocalClock.age(of: sample.at, now: now), sample.topic, "\(sample.reason.rawValue): \(sample.detail)",
                sample.payload.text,
            ]
        }
        let cutCounts = cut(Words.cutSenders, report.counts.count, report.countsTotal)
        let cutSamples = cut(Words.cutSamples, report.samples.count, report.samplesTotal)
        return ([counts.text] + cutCounts + ["", samples.text] + cutSamples).joined(separator: "\n")
    }

    /// What is left out of a list must be said.
    private func cut(_ words: (Int, Int) -> LocalizedText, _ listed: Int, _ total: Int) -> [String] {
        listed < total ? [words(listed, total)[language]] : []
    }
}
