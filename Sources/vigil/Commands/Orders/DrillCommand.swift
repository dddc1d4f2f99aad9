import ArgumentParser
import VigilCore

/// `vigil drill`.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Announces that an alarm is tried out.",
        subcommands: [Begin.self, List.self, End.self], defaultSubcommand: List.self)

    struct Begin: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "From now on calls for help of a resident or a device are a drill, for 4 h at most.")

        @Argument(help: "resident:ID or device:ID.", transform: Self.subject)
        var subject: Subject

        @Option(help: ArgumentHelp("A few words for the record.", valueName: "text"))
        var note = ""

        @OptionGroup var order: OrderOptions

        private static func subject(_ text: String) throws -> Subject {
            guard let subject = Subject(text) else {
                throw ValidationError("\(SettingFault.quoted(text)) is neither; write resident:ID or device:ID")
            }
            return subject
        }

        func run() throws { try order.place(.drill(subject), reason: note) }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists drills: whose, by whom, until when.")

        @OptionGroup var listing: OrderListing

        func run() throws { try listing.list(["drill"]) }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends one before its time.")

        @OptionGroup var ending: OrderEnding

        func run() throws { try ending.end(.drill) }
    }
}
