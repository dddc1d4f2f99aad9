import ArgumentParser
import Foundation
import VigilConsole
import VigilCore

/// `vigil alerts follow`.
struct FollowAlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Prints what happens to alerts as it happens, one line each, until Ctrl-C.",
        discussion: "When the daemon restarts it comes back by itself and misses nothing.")

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Begin after this position of the timeline; 0 tells everything.", valueName: "position"),
        transform: NumberArgument.within(0...Int64.max))
    var after: Int64?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        // The position comes first, so that a connection lost before the first line loses nothing.
        var position = try after ?? whereItStands().position
        var isLost = false
        while true {
            do {
                // Asked anew after each restart, which may have brought another one.
                let timeZone = try whereItStands().timeZone
                try options.client.follow("/v1/alerts/follow?after=\(position)") { line in
                    isLost = false
                    print(line, timeZone, &position)
                }
            } catch let failure as CommandFailure where failure.status == .temporary {
                if !isLost { StandardError.write("vigil: \(failure.words); trying again") }
                isLost = true
            }
            Thread.sleep(forTimeInterval: 1)
        }
    }

    private func whereItStands() throws -> AlertList { try options.client.get("/v1/alerts?limit=1", AlertList.self) }

    private func print(_ line: [UInt8], _ timeZone: String, _ position: inout Int64) {
        // A line of a newer daemon that cannot be read is passed over: the next one can.
        guard !line.isEmpty, let entry = try? JSONDecoder().decode(TimelineReport.self, from: Data(line)) else { return }
        position = entry.position ?? position
        switch options.output {
        case .table: StandardOutput.write(AlertText(options.lang, timeZone: timeZone).line(entry))
        case .json: StandardOutput.write(String(decoding: line, as: UTF8.self))
        }
    }
}
