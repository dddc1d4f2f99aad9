import ArgumentParser
import VigilConsole

/// `vigil alerts show ID`.
struct ShowAlertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tells the whole story of an alert: why, what happened, who was told.")

    @Argument(help: "The alert's id.")
    var id: String

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let story = try options.client.get("/v1/alerts/\(ControlClient.piece(id))", AlertStoryReport.self)
        try options.print(story, text: AlertText(options.lang, timeZone: story.timeZone).story(story))
    }
}
