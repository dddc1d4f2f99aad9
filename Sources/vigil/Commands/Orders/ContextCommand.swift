import ArgumentParser
import VigilCore

/// `vigil context`.
struct ContextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context", abstract: "Says where a resident is known to be: rules of absence pause, everything else stays.",
        subcommands: [Set.self, List.self, End.self], defaultSubcommand: List.self)

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that a resident is away, in hospital, or has a visitor, until when.",
            discussion: "Their silence is not counted meanwhile, and counts anew from the end on.")

        @Argument(help: "The resident's id.")
        var resident: String

        @Argument(help: "away, hospital or visitor.")
        var context: ResidentContext

        @Option(help: ArgumentHelp("A few words for the record.", valueName: "text"))
        var note = ""

        @OptionGroup var order: OrderOptions

        func run() throws { try order.place(.context(context, of: ResidentID(resident)), reason: note) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists who is away, in hospital or has a visitor, until when.")

        @OptionGroup var listing: OrderListing

        func run() throws { try listing.list(ResidentContext.allCases.map(\.rawValue)) }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends one before its time.")

        @OptionGroup var ending: OrderEnding

        func run() throws { try ending.end(.context) }
    }
}
