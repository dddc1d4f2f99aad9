import ArgumentParser
import Foundation
import Glibc
import VigilConsole
import VigilCore

/// `vigil ble watch DEVICE`.
struct WatchBluetoothCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Shows again and again how strongly one device is heard: carry it, or the adapter, about.",
        discussion: "On a terminal one line is written over; elsewhere, and with -o json, each reading is a line. Ctrl-C ends it.")

    private static let lengths: ClosedRange<Milliseconds> = .seconds(1) ... .hours(24)
    private static let pollEvery = Milliseconds.seconds(1)

    @Argument(help: "The device's id, or its address: A4:C1:38:8D:18:B2.")
    var device: String

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long: 60s, 5m. Until Ctrl-C unless given.", valueName: "length"),
        transform: Self.length)
    var length: Milliseconds?

    @OptionGroup var options: GlobalOptions

    private static func length(_ text: String) throws -> Milliseconds {
        guard let length = Milliseconds(text: text), lengths.contains(length) else {
            throw ValidationError("\(SettingFault.quoted(text)) is no length from 1s to 24h")
        }
        return length
    }

    func run() throws {
        let clock = ContinuousClock()
        let end = length.map { clock.now + .milliseconds($0.rawValue) }
        let client = options.client
        let isRewritten = options.output == .table && isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
        var wasHeard = false
        while true {
            let report = try client.get("/v1/ble?limit=1&all=true&device=\(ControlClient.piece(device))", BluetoothReport.self)
            wasHeard = wasHeard || !report.peers.isEmpty
            let line = BluetoothText(options.lang).reading(of: device, report)
            if isRewritten { StandardError.rewrite(line) } else { try options.print(report, text: line) }
            guard end.map({ clock.now < $0 }) ?? true else { break }
            Thread.sleep(forTimeInterval: Double(Self.pollEvery.rawValue) / 1000)
        }
        if isRewritten { StandardError.write("") }
        if !wasHeard { throw ExitCode(ExitStatus.finding.rawValue) }
    }
}
