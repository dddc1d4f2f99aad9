import ArgumentParser
import VigilConsole
import VigilCore

/// `vigil silence end ID`, and the same for contexts and drills.
struct EndOrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "end", abstract: "Ends one before its time.")

    @Argument(help: "Its id, as the list shows it.")
    var id: String

    @Option(help: ArgumentHelp("For whom: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let answer = try options.client.command(.endOrder(OrderID(id)), as: `as`)
        try options.print(answer, text: Words.orderEnded(id)[options.lang])
    }
}
