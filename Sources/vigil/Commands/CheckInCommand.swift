import ArgumentParser
import VigilCore

/// `vigil check-in RESIDENT`.
struct CheckInCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-in", abstract: "Records that somebody saw or spoke to a resident; rules of absence begin anew.")

    @Argument(help: "The resident's id.")
    var resident: String

    @Option(help: ArgumentHelp("Who saw them: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @Option(help: ArgumentHelp("A few words for the record.", valueName: "text"))
    var note = ""

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let answer = try options.client.command(.checkIn(ResidentID(resident), note: note), as: `as`)
        try options.print(answer, text: Words.checkedIn(resident)[options.lang])
    }
}
