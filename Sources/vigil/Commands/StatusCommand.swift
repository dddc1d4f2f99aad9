import ArgumentParser
import VigilConsole

/// `vigil status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows how the watch itself is: brokers, storage, channels, open alerts.",
        discussion: "Ends with 1 when something is missing for the watch to be whole.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let status = try options.client.get("/v1/status", StatusReport.self)
        try options.print(status, text: StatusText(language: options.lang, now: LocalClock.now).text(status))
        if !status.notReady.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
    }
}
