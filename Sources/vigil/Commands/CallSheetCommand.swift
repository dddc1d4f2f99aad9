import ArgumentParser
import VigilConsole
import VigilCore
import VigilDaemon

/// `vigil call-sheet`.
struct CallSheetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call-sheet", abstract: "Prints whom to telephone for whom, for the day when the line is down.",
        discussion: """
            Plain text of 80 columns, flats with an open red alert first. Print it before it is needed: vigil call-sheet | lp. Without a \
            running daemon its store is read.

            It holds names, addresses and telephone numbers: personal data. Keep it locked away, and destroy it when a newer one is printed.
            """)

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let sheet = try await sheet()
        try options.print(sheet, text: CallSheetText(options.lang, timeZone: sheet.timeZone).text(sheet))
    }

    private func sheet() async throws -> CallSheet {
        if options.client.isAnswered { return try options.client.get("/v1/call-sheet", CallSheet.self) }
        return try await OfflineReports(configuration: ConfigurationFile.load(options.config)).callSheet()
    }
}
