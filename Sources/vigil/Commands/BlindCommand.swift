import ArgumentParser
import VigilConsole

/// `vigil blind`.
struct BlindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blind", abstract: "Lists who is not protected as they should be now, by what cause, since when.",
        discussion: "Visit or call them instead. Those whom nothing can be heard of come first.")

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let list = try options.client.get("/v1/blind", BlindList.self)
        try options.print(list, text: BlindText(language: options.lang, now: LocalClock.now).table(list.residents))
    }
}
