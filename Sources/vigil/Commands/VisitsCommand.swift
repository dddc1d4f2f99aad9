import ArgumentParser
import VigilConsole
import VigilCore
import VigilDaemon

/// `vigil visits`.
struct VisitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visits", abstract: "Lists whom to visit today, the most urgent first.",
        discussion: """
            Who cannot be heard, whose visit is due by the cadence of their risk group, and open blue alerts, by grid. Plain text of 80 columns, \
            to be printed: vigil visits --grid g1 | lp. Record each visit: vigil check-in. Without a running daemon its store is read.

            It holds names, addresses and telephone numbers: personal data. Keep it locked away, and destroy it when a newer one is printed.
            """)

    @Option(
        help: ArgumentHelp(
            "What is due by the end of this day, by the clock of the configuration; today unless given.", valueName: "day"),
        transform: DayArgument.day)
    var day: CalendarDay?

    @Option(help: ArgumentHelp("Only those who live in this grid.", valueName: "id"))
    var grid: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let list = try await list()
        try options.print(list, text: VisitListText(options.lang, timeZone: list.timeZone).text(list))
    }

    private func list() async throws -> VisitList {
        guard options.client.isAnswered else {
            let reports = OfflineReports(configuration: try ConfigurationFile.load(options.config))
            return try await reports.visits(on: day, in: grid.map { GridID($0) }, options.lang)
        }
        let question = [("day", day?.text), ("grid", grid.map(ControlClient.piece))]
        let query = question.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
        return try options.client.get("/v1/visits?\(query)", VisitList.self)
    }
}
