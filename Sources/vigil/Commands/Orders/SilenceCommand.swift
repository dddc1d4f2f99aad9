import ArgumentParser
import VigilCore

/// `vigil silence`.
struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Holds back what alerts would tell, for a time; never a red one.",
        discussion: "The alerts are raised and recorded all the same, and tell people when the silence is over and they still stand.",
        subcommands: [Add.self, List.self, End.self], defaultSubcommand: List.self)

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Silences alerts that fit everything that is given: at most 12 h, technical ones 24 h.")

        @Option(help: ArgumentHelp("Alerts of this kind.", valueName: "kind"))
        var kind: String?

        @Option(help: ArgumentHelp("Alerts of this rule.", valueName: "rule"))
        var rule: String?

        @Option(help: ArgumentHelp("Alerts about this resident.", valueName: "resident"))
        var resident: String?

        @Option(help: ArgumentHelp("Alerts in this grid.", valueName: "grid"))
        var grid: String?

        @Option(help: ArgumentHelp("Alerts about this device, or known from it alone.", valueName: "device"))
        var device: String?

        @Option(help: ArgumentHelp("Why.", valueName: "text"))
        var reason: String

        @OptionGroup var order: OrderOptions

        func run() throws {
            let matcher = AlertMatcher(
                kind: kind.map { AlertKind($0) }, rule: rule.map { RuleID($0) }, resident: resident.map { ResidentID($0) },
                grid: grid.map { GridID($0) }, device: device.map { DeviceID($0) })
            try order.place(.silence(matcher), reason: reason)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists silences: who, what, why, until when.")

        @OptionGroup var listing: OrderListing

        func run() throws { try listing.list(["silence"]) }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends one before its time.")

        @OptionGroup var ending: OrderEnding

        func run() throws { try ending.end(.silence) }
    }
}
