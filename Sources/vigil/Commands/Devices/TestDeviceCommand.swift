import ArgumentParser
import Foundation
import Glibc
import VigilConsole
import VigilCore

/// `vigil devices test ID`.
struct TestDeviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "The walk or press test: waits until something that a device says is taken, and shows it.",
        discussion: """
            A drill is announced for the device meanwhile: a press is told to people as a drill, and counts as its test (vigil tests). \
            Smoke and falls are never a drill: use the device's own test button.
            """)

    /// What came of it, for programs.
    struct Answer: Encodable {
        var device: DeviceID
        /// Something that it said was taken.
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
            device: DeviceID(id), heard: heard.frames.contains(where: \.isTaken), drill: drill, frames: heard.frames,
            others: heard.others)
        try options.print(answer, text: DeviceTestText(options.lang, timeZone: heard.timeZone).text(answer, for: length.text))
        if !answer.heard { throw ExitCode(ExitStatus.finding.rawValue) }
    }

    /// Until something that the device says of its own is taken, or the time is over.
    private func wait(_ path: String, _ client: ControlClient) throws -> HeardReport {
        let isWatched = options.output == .table && isatty(STDERR_FILENO) == 1
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(length.rawValue)
        while true {
            var heard = try client.get(path, HeardReport.self)
            // What a broker kept tells what was.
            heard.frames.removeAll(where: \.isRetained)
            let left = clock.now.duration(to: end)
            guard !heard.frames.contains(where: \.isTaken), left > .zero else {
                if isWatched { StandardError.rewrite("") }
                return heard
            }
            if isWatched {
                let others = heard.others.reduce(0) { $0 + $1.frames }
                StandardError.rewrite(
                    Words.testWaits(left.components.seconds + 1, ignored: heard.frames.count, others: others)[options.lang])
            }
            Thread.sleep(forTimeInterval: Double(Self.pollEvery.rawValue) / 1000)
        }
    }
}

extension FrameReport {
    /// What was refused, and what was heard before, shows nobody that a call would come through.
    fileprivate var isTaken: Bool { verdict == .taken }
}
