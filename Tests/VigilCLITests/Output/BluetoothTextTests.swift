import Testing
import VigilConsole
import VigilCore

@testable import vigil

struct BluetoothTextTests {
    private static let now = WallTime(1_763_800_000_000)

    private func peer(
        _ strength: Int?, smoothed: Double? = nil, device: DeviceID? = nil, isUnderstood: Bool = true
    ) -> BluetoothReport.Peer {
        .init(
            address: "A4:C1:38:8D:18:B2", device: device, name: "MHO-C401", isUnderstood: isUnderstood, strength: strength,
            smoothedStrength: smoothed, adapter: "hci0", reports: 12, lastHeardAt: WallTime(Self.now.rawValue - 4000))
    }

    private func report(_ peers: [BluetoothReport.Peer], isUp: Bool = true) -> BluetoothReport {
        BluetoothReport(
            asOf: Self.now,
            adapters: [
                .init(
                    name: "hci0", isUp: isUp, detail: isUp ? "" : "the adapter is gone", since: WallTime(Self.now.rawValue - 60_000),
                    reports: 40, skippedBytes: 3)
            ], peers: peers, further: 2, repeats: 9, passedOver: 5)
    }

    @Test("a scan tells who, how strong and how long ago, and how many more there are", arguments: Language.allCases)
    func scan(language: Language) {
        let text = BluetoothText(language).scan(report([peer(-63, smoothed: -64.6, device: "smoke1")]), showsAll: false)

        for word in ["A4:C1:38:8D:18:B2", "smoke1", "MHO-C401", "-65 dBm", "4s", "hci0", "2", "--all"] {
            #expect(text.contains(word), "\(word) in \(text)")
        }
        #expect(!text.contains(Words.notUnderstood[language]))
    }

    @Test("who says nothing that Vigil reads is marked", arguments: Language.allCases)
    func stranger(language: Language) {
        let text = BluetoothText(language).scan(report([peer(-63, isUnderstood: false)]), showsAll: true)

        #expect(text.contains(Words.notUnderstood[language]))
    }

    @Test("where nothing is heard it is said why not, and what to do", arguments: Language.allCases)
    func nothing(language: Language) {
        let text = BluetoothText(language)
        let unconfigured = BluetoothReport(asOf: Self.now, adapters: [])

        #expect(text.scan(unconfigured, showsAll: false).contains("docs/bluetooth.md"))
        #expect(text.adapters(unconfigured).contains("docs/bluetooth.md"))
        #expect(text.scan(report([]), showsAll: false).contains("--all"))
        #expect(text.scan(report([], isUp: false), showsAll: false).contains("vigil ble adapters"))
        #expect(text.reading(of: "smoke1", report([], isUp: false)).contains("vigil ble adapters"))
        #expect(text.reading(of: "smoke1", report([])).hasPrefix("smoke1"))
    }

    @Test(
        "a reading says as a number, a bar and a word how strong it is",
        arguments: [
            (-55, "▮▮▮▮▮▮▮▮▮▯", "good"), (-80, "▮▮▮▮▯▯▯▯▯▯", "usable"), (-95, "▮▯▯▯▯▯▯▯▯▯", "too weak"),
            (-120, "▯▯▯▯▯▯▯▯▯▯", "too weak"),
            (-30, "▮▮▮▮▮▮▮▮▮▮", "good"),
        ])
    func reading(strength: Int, bar: String, word: String) {
        let line = BluetoothText(.english).reading(of: "smoke1", report([peer(strength)]))

        #expect(line.contains("\(strength) dBm"))
        #expect(line.contains(bar))
        #expect(line.contains(word))
    }

    @Test("a note is cut to the width of a terminal, and nothing is where there is none", arguments: Language.allCases)
    func width(language: Language) {
        let note = "waiting: the device gives characteristic 2a37 only after pairing (insufficient encryption)"
        var peer = peer(-63, device: "band-0501")
        peer.connection = note

        #expect(!BluetoothText(language, width: 100).scan(report([peer]), showsAll: false).contains(note))
        #expect(BluetoothText(language, width: .max).scan(report([peer]), showsAll: false).contains(note))
    }

    @Test("an adapter that hears nothing says why, and what made no sense is counted", arguments: Language.allCases)
    func adapters(language: Language) {
        let text = BluetoothText(language).adapters(report([], isUp: false))

        for word in ["hci0", Words.isDeaf[language], "the adapter is gone", "40", "3"] { #expect(text.contains(word)) }
    }
}
