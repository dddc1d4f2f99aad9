import ArgumentParser
import VigilConsole

/// `vigil blind`.
struct BlindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blind", abstract: "Lists who is not protected as they should be now, by what cause, since when.",
        discussion: """
            Visit or call them instead. Those whom nothing can be heard of come first, then those whom nobody observed while Vigil was
            away.
            """)

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let list = try options.client.get("/v1/blind", BlindList.self)
        let text = BlindText(language: options.lang, timeZone: list.timeZone, now: LocalClock.now)
        try options.print(list, text: text.table(list.residents))
    }
}
