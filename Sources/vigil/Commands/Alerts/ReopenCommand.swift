import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts reopen ID`.
struct ReopenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Opens an alert again that was closed too soon; people are told as at first.")

    @OptionGroup var target: CommandOptions

    @Option(help: ArgumentHelp("Why it is not over.", valueName: "text"))
    var note = ""

    func run() throws {
        try target.carryOut(.reopen(target.alert, note: note)) { alert in alert.state == .raised ? Words.reopened : nil }
    }
}
