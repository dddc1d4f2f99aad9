import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil alerts hand-over ID --to CONTACT`.
struct HandOverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over", abstract: "Asks somebody to take an alert over; the owner keeps it until they accept.")

    @OptionGroup var target: CommandOptions

    @Option(help: ArgumentHelp("Whom to ask.", valueName: "contact"))
    var to: String

    func run() throws {
        try target.carryOut(.handOver(target.alert, to: ContactID(to))) { alert in
            guard let other = alert.offeredTo, let owner = alert.owner else { return nil }
            return Words.offered(to: other.rawValue, by: owner)
        }
    }
}
