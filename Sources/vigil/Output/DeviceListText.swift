import VigilConsole
import VigilCore

/// Registered devices in words.
struct DeviceListText {
    private let language: Language
    private let clock: LocalClock

    init(_ language: Language, timeZone: String) {
        self.language = language
        clock = LocalClock(zone: timeZone)
    }

    func text(_ list: DeviceList, isFiltered: Bool) -> String {
        guard list.total > 0 else { return Words.noDevices[language] }
        guard !list.devices.isEmpty else { return (isFiltered ? Words.noneFits : Words.noDevices)[language] }
        var table = TextTable([
            .init(title: Words.id[language], isFlexible: true), .init(title: Words.place[language], isFlexible: true),
            .init(title: Words.testResident[language], isFlexible: true), .init(title: Words.speaksAs[language], isFlexible: true),
            .init(title: Words.liveness[language]), .init(title: Words.lastSeen[language]), .init(title: Words.state[language]),
            .init(title: Words.battery[language]), .init(title: Words.notes[language], isFlexible: true),
        ])
        table.rows = list.devices.map { row($0, asOf: list.asOf) }
        return "\(table.text)\n\n\(Words.deviceCounts(list)[language])"
    }

    private func row(_ device: DeviceReport, asOf now: WallTime) -> [String] {
        [
            device.device.rawValue, device.place ?? "-", device.resident?.rawValue ?? "-", "\(device.dialect):\(device.address)",
            device.liveness.rawValue, device.lastHeardAt.map { LocalClock.age(of: $0, now: now) } ?? "-",
            Words.name(of: device.state)[language], battery(device),
            notes(device, asOf: now),
        ]
    }

    /// `80%`, and when it will be empty where that is soon.
    private func battery(_ device: DeviceReport) -> String {
        guard let percent = device.batteryPercent else { return "-" }
        return "\(ValueText.number(percent.rounded()))%" + (device.batteryEmptyAt.map { " → \(clock.day($0))" } ?? "")
    }

    private func notes(_ device: DeviceReport, asOf now: WallTime) -> String {
        ([suspension(of: device, asOf: now)].compactMap { $0 } + device.notes(language)).joined(separator: " ")
    }
}

extension DeviceListText {
    /// First and short: a list is cut at its end, and `show` has the time.
    private func suspension(of device: DeviceReport, asOf now: WallTime) -> String? {
        let age = device.suspendedSince.map { LocalClock.age(of: $0, now: now) } ?? "-"
        if let bridge = device.suspendedBy { return Words.isBehind(bridge.rawValue, for: age)[language] }
        return device.suspendedBySource.map { Words.isUnderSource($0.rawValue, for: age)[language] }
    }
}

extension DeviceReport {
    /// What it cannot be heard for, and since when; nil where it can.
    func suspension(_ clock: LocalClock, _ language: Language) -> String? {
        let since = suspendedSince.map { clock.text($0) }
        if let suspendedBy { return Words.isBehind(suspendedBy.rawValue, since: since)[language] }
        return suspendedBySource.map { Words.isUnderSource($0.rawValue, since: since)[language] }
    }

    /// What is wrong with it, apart from its silence.
    func notes(_ language: Language) -> [String] {
        (isRefused ? [Words.isRefused[language]] : []) + flags.map(\.rawValue)
            + (batteryEndsSoon ? [Words.batteryEndsSoon[language]] : [])
    }
}
