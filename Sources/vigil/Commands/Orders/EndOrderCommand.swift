import ArgumentParser
import VigilConsole
import VigilCore

/// What `vigil silence end`, `context end` and `drill end` take.
struct OrderEnding: ParsableArguments {
    @Argument(help: "Its id, as the list shows it.")
    var id: String

    @Option(help: ArgumentHelp("For whom: a contact's id. Your login unless given.", valueName: "contact"))
    var `as`: String?

    @OptionGroup var options: GlobalOptions

    /// - Parameter command: the one that is for orders of these kinds; an id of another kind is a slip.
    func end(_ command: OrderCommand) throws {
        if let other = OrderCommand.allCases.first(where: { $0 != command && $0.isOf(id) }) {
            throw CommandFailure(.finding, Words.isOtherOrder(id, other.rawValue), options.lang)
        }
        let answer = try options.client.command(.endOrder(OrderID(id)), as: `as`)
        try options.print(answer, text: Words.orderEnded(id)[options.lang])
    }
}

/// The commands that put something in force for a time.
enum OrderCommand: String, CaseIterable {
    case silence, context, drill

    /// Whether an order of this id was placed by it.
    func isOf(_ id: String) -> Bool {
        let stems = self == .context ? ResidentContext.allCases.map(\.rawValue) : [rawValue]
        return stems.contains { id.hasPrefix("\($0)-") }
    }
}
