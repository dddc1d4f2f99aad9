import ArgumentParser
import VigilConsole
import VigilCore

/// What every command about one alert takes.
struct CommandOptions: ParsableArguments {
    @Argument(help: "The alert's id.")
    var id: String

    @Option(help: ArgumentHelp("For whom: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @OptionGroup var options: GlobalOptions

    var alert: AlertID { AlertID(id) }

    /// Carries it out, and says what now holds.
    func carryOut(_ action: Command.Action, _ words: (AlertReport) -> LocalizedText?) throws {
        let answer = try options.client.command(action, as: `as`)
        let text = (answer.message ?? answer.alert.flatMap(words) ?? Words.done)[options.lang]
        try options.print(answer, text: text)
    }

    /// How long the owner of an alert has for the next sign of progress.
    func wait(_ alert: AlertReport) -> String {
        alert.leaseUntil.map { LocalClock.wait(until: $0, now: LocalClock.now) } ?? "-"
    }
}

extension ControlClient {
    func command(_ action: Command.Action, as contact: String?) throws -> CommandAnswer {
        try post("/v1/commands", CommandDocument(action, by: contact.map { ContactID($0) }), CommandAnswer.self)
    }
}
