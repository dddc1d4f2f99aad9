import ArgumentParser
import VigilConsole
import VigilCore
import VigilDaemon

/// `vigil tests`.
struct TestsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tests", abstract: "Lists what calls for help and was not tried out for too long.",
        discussion: """
            Buttons, bands, pull cords and smoke detectors. A test is a press under an announced drill (vigil drill begin), an alarm that was \
            closed with the outcome drill, or a detector's own test button. Those that were never tested come first. Plain text of 80 columns, \
            to be printed: vigil tests | lp. Without a running daemon its store is read.
            """)

    @Flag(help: "Also those that are not overdue.")
    var all = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let list = try await list()
        try options.print(list, text: TestListText(options.lang, timeZone: list.timeZone).text(list))
    }

    private var selection: TestList.Selection { all ? .all : .overdue }

    private func list() async throws -> TestList {
        if options.client.isAnswered { return try options.client.get("/v1/tests?state=\(selection.rawValue)", TestList.self) }
        return try await OfflineReports(configuration: ConfigurationFile.load(options.config)).tests(selection)
    }
}
