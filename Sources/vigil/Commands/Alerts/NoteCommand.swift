import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts note ID TEXT`.
struct NoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Adds words to an alert's story; changes nothing else.")

    @OptionGroup var target: CommandOptions

    @Argument(help: "The words.")
    var text: String

    func run() throws { try target.carryOut(.note(target.alert, text: text)) { _ in Words.noted } }
}
