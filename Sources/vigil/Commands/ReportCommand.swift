import ArgumentParser
import VigilConsole
import VigilCore
import VigilDaemon

/// `vigil report`.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Shows how fast people answered, and how often they were called for nothing.",
        discussion: """
            Times run from the raise of an alert until somebody took it, was on the scene, and closed it; p50, p90 and p99 are times that \
            occurred (nearest rank). Drills are never measured. Without a running daemon its store is read.
            """)

    // Whatever follows is the number: `-1` is a wrong one, and no option.
    @Option(
        parsing: .unconditional,
        help: "The last so many days, each of 24 hours. (default: \(Self.usualDays))",
        transform: NumberArgument.within(ReportPeriod.dayCount))
    var days: Int?

    @Option(
        help: ArgumentHelp("From this day on, by the clock of the configuration: 2026-11-22.", valueName: "day"),
        transform: DayArgument.day)
    var from: CalendarDay?

    @Option(help: ArgumentHelp("Up to and with this day; up to now unless given.", valueName: "day"), transform: DayArgument.day)
    var to: CalendarDay?

    @Option(help: "Only by this.")
    var by: ReportGrouping?

    @Option(
        name: [.customShort("o"), .customLong("output"), .customLong("format")],
        help: "How to print: table for people, csv for spreadsheets, json for programs.")
    var output = ReportFormat.table

    @OptionGroup var daemon: DaemonOptions

    private static let usualDays = 7

    func validate() throws {
        if days != nil && from != nil { throw ValidationError("give --days, or --from and --to") }
        if to != nil && from == nil { throw ValidationError("--to needs --from") }
        if let from, let to, to < from { throw ValidationError("--to is before --from") }
    }

    func run() async throws {
        let document = try await document()
        switch output {
        case .table: StandardOutput.write(ReportText(daemon.lang, timeZone: document.timeZone).text(document).printableLines)
        case .csv: StandardOutput.write(ReportCSV.text(document))
        case .json: StandardOutput.write(try JSONText.line(document))
        }
    }

    private var period: ReportPeriod { from.map { .days($0, through: to) } ?? .lastDays(days ?? Self.usualDays) }

    private func document() async throws -> ReportDocument {
        guard daemon.client.isAnswered else {
            let configuration = try ConfigurationFile.load(daemon.config)
            return try await OfflineReports(configuration: configuration).report(period, by: by.map { [$0] } ?? ReportGrouping.usual)
        }
        let question = [("days", days.map { "\($0)" }), ("from", from?.text), ("to", to?.text), ("by", by?.rawValue)]
        let query = question.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
        return try daemon.client.get("/v1/report?\(query)", ReportDocument.self)
    }
}
