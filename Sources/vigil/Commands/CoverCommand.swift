import ArgumentParser
import VigilConsole

/// `vigil cover`.
struct CoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cover",
        abstract: "Shows whether an alert could happen and reach somebody: covered, degraded or blind, and the weakest link.",
        discussion: """
            For each danger the links that must hold: a device that is heard, worn, a rule that is armed, people who are on duty, a channel \
            over which a message arrived. A channel that was never used is said to be untried. The worst come first.
            """)

    @Argument(help: "The resident.")
    var resident: String?

    @Flag(help: "Everyone.")
    var all = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if (resident == nil) != all { throw ValidationError("name one resident, or give --all for everyone") }
    }

    func run() throws {
        let query = resident.map { "?resident=\(ControlClient.piece($0))" } ?? ""
        let report = try options.client.get("/v1/coverage\(query)", CoverageReport.self)
        let text = CoverageText(options.lang, timeZone: report.timeZone, now: report.madeAt)
        try options.print(report, text: all ? text.table(report) : text.details(report))
    }
}
