import ArgumentParser
import Foundation
import Glibc
import VigilConsole
import VigilCore

/// `vigil devices test ID`.
struct TestDeviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Waits until a device says something, and shows what and what it means: the walk or press test.",
        discussion: """
            A drill is announced for the device meanwhile: a press is told to people as a drill, and counts as its test (vigil tests). \
            Smoke and falls are never a drill: use the device's own test button.
            """)

    /// What came of it, for programs.
    struct Answer: Encodable {
        var device: DeviceID
        var heard: Bool
        var drill: OrderID?
        var frames: [FrameReport]
        var others: [HeardReport.Other]
    }

    private static let lengths: ClosedRange<Milliseconds> = .seconds(1) ... .hours(1)
    private static let pollEvery = Milliseconds(500)

    @Argument(help: "The device's id.")
    var id: String

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long to wait: 60s, 5m; at most 1h.", valueName: "length"),
        transform: Self.length)
    var length = Milliseconds.seconds(60)

    @Option(help: ArgumentHelp("For whom: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @OptionGroup var options: GlobalOptions

    private static func length(_ text: String) throws -> Milliseconds {
        guard let length = Milliseconds(text: text), lengths.contains(length) else {
            throw ValidationError("\(SettingFault.quoted(text)) is no length from 1s to 1h")
        }
        return length
    }

    func run() throws {
        let path = "/v1/devices/\(ControlClient.piece(id))"
        let client = options.client
        let start = try client.get(path, DeviceDetailReport.self)
        let request = OrderRequest(.drill(.device(DeviceID(id))), lasts: length + .seconds(30), reason: "vigil devices test")
        let drill = try client.command(.place(request), as: `as`).order?.id
        if options.output == .table { StandardError.write(Words.testBegins(id, for: length.text)[options.lang]) }
        let heard = try wait("\(path)/frames?after=\(start.lastSequence)", client)
        // The drill ends by itself soon; that it cannot be ended now must not hide what was heard.
        if let drill { _ = try? client.command(.endOrder(drill), as: `as`) }
        let answer = Answer(
            device: DeviceID(id), heard: !heard.frames.isEmpty, drill: drill, frames: heard.frames, others: heard.others)
        try options.print(answer, text: DeviceTestText(options.lang, timeZone: heard.timeZone).text(answer, for: length.text))
        if !answer.heard { throw ExitCode(ExitStatus.finding.rawValue) }
    }

    /// Until the device says something of its own, or the time is over.
    private func wait(_ path: String, _ client: ControlClient) throws -> HeardReport {
        let isWatched = options.output == .table && isatty(STDERR_FILENO) == 1
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(length.rawValue)
        while true {
            var heard = try client.get(path, HeardReport.self)
            // What a broker kept tells what was.
            heard.frames.removeAll(where: \.isRetained)
            let left = clock.now.duration(to: end)
            guard heard.frames.isEmpty, left > .zero else {
                if isWatched { StandardError.rewrite("") }
                return heard
            }
            if isWatched {
                let others = heard.others.reduce(0) { $0 + $1.frames }
                StandardError.rewrite(Words.testWaits(left.components.seconds + 1, others: others)[options.lang])
            }
            Thread.sleep(forTimeInterval: Double(Self.pollEvery.rawValue) / 1000)
        }
    }
}
