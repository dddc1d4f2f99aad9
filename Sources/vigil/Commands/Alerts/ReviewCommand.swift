import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts review ID`.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Agrees, as a second person, with how a red alert ended.",
        discussion: "Who does not agree opens it again: vigil alerts reopen ID --note TEXT.")

    @OptionGroup var target: CommandOptions

    @Option(help: ArgumentHelp("A few words for the record.", valueName: "text"))
    var note = ""

    func run() throws {
        try target.carryOut(.review(target.alert, note: note)) { alert in alert.review.map { Words.reviewed(by: $0.by) } }
    }
}
