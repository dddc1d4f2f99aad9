import VigilConsole
import VigilCore

/// What is heard over Bluetooth, in words.
struct BluetoothText {
    private let language: Language
    private let width: Int

    /// - Parameter width: tables are cut to it.
    init(_ language: Language, width: Int = TextTable.width) {
        self.language = language
        self.width = width
    }

    // MARK: Scan

    func scan(_ report: BluetoothReport, showsAll: Bool) -> String {
        guard !report.adapters.isEmpty else { return Words.noBluetooth[language] }
        guard !report.peers.isEmpty else {
            return (report.adapters.contains(where: \.isUp) ? Words.nobodyOnAir : Words.hearsNothing)[language]
        }
        let columns: [TextTable.Column] = [
            .init(title: Words.address[language]), .init(title: Words.id[language], isFlexible: true),
            .init(title: Words.deviceName[language], isFlexible: true), .init(title: Words.strength[language]),
            .init(title: Words.lastSeen[language]), .init(title: Words.adapter[language], isFlexible: true),
            .init(title: Words.notes[language], isFlexible: true),
        ]
        var table = TextTable(columns, width: width)
        table.rows = report.peers.map { peer in
            [
                peer.address, peer.device?.rawValue ?? "-", peer.name ?? "-", strength(peer),
                LocalClock.age(of: peer.lastHeardAt, now: report.asOf), peer.adapter, notes(peer),
            ]
        }
        return ([table.text, ""] + [Words.heardOnAir(report, showsAll: showsAll)[language]]).joined(separator: "\n")
    }

    private func notes(_ peer: BluetoothReport.Peer) -> String {
        [peer.isUnderstood || peer.device != nil ? nil : Words.notUnderstood[language], peer.connection].compactMap { $0 }.joined(
            separator: " ")
    }

    private func strength(_ peer: BluetoothReport.Peer) -> String {
        guard let level = level(peer) else { return "-" }
        return "\(ValueText.number(level.rounded())) dBm"
    }

    private func level(_ peer: BluetoothReport.Peer) -> Double? { peer.smoothedStrength ?? peer.strength.map(Double.init) }

    // MARK: Watch

    /// One line: strength as number, bar and word, and how long ago.
    func reading(of device: String, _ report: BluetoothReport) -> String {
        guard let peer = report.peers.first else {
            return "\(device)  \((report.adapters.contains(where: \.isUp) ? Words.notHeardYet : Words.hearsNothing)[language])"
        }
        let now = peer.strength.map { "\($0) dBm" } ?? "-"
        let quality = level(peer).map { "\(Self.bar($0)) \(Words.quality(ofStrength: $0)[language])" } ?? "-"
        let age = LocalClock.age(of: peer.lastHeardAt, now: report.asOf)
        return "\(peer.device?.rawValue ?? peer.address)  \(now)  \(quality)  \(Words.heardAgo(age)[language])  \(peer.adapter)"
    }

    /// From -100 dBm, where nothing is heard any more, to -50 dBm, which is the same room.
    private static func bar(_ strength: Double) -> String {
        let steps = 10
        let filled = min(max(0, Int((strength + 100) / 5)), steps)
        return String(repeating: "▮", count: filled) + String(repeating: "▯", count: steps - filled)
    }

    // MARK: Adapters

    func adapters(_ report: BluetoothReport) -> String {
        guard !report.adapters.isEmpty else { return Words.noBluetooth[language] }
        let columns: [TextTable.Column] = [
            .init(title: Words.adapter[language], isFlexible: true), .init(title: Words.state[language]),
            .init(title: Words.since[language]), .init(title: Words.reports[language]), .init(title: Words.lastSeen[language]),
            .init(title: Words.notes[language], isFlexible: true),
        ]
        var table = TextTable(columns, width: width)
        table.rows = report.adapters.map { adapter in
            [
                adapter.name, (adapter.isUp ? Words.hears : Words.isDeaf)[language],
                adapter.since.map { LocalClock.age(of: $0, now: report.asOf) } ?? "-", "\(adapter.reports)",
                adapter.lastReportAt.map { LocalClock.age(of: $0, now: report.asOf) } ?? "-", notes(adapter),
            ]
        }
        return "\(table.text)\n\n\(Words.onAir(report)[language])"
    }

    private func notes(_ adapter: BluetoothReport.Adapter) -> String {
        let skipped = adapter.skippedBytes > 0 ? Words.skipped(adapter.skippedBytes)[language] : nil
        return [adapter.detail.isEmpty ? nil : adapter.detail, skipped].compactMap { $0 }.joined(separator: "; ")
    }
}
