import ArgumentParser

/// `vigil-bench`: measures the figures that the project promises, and says what limits each.
@main
struct VigilBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil-bench",
        abstract: "Measures Vigil's figures against what is promised.",
        subcommands: [
            MeasureCommand.self, DiscardCommand.self, FillCommand.self, WearCommand.self,
        ],
        defaultSubcommand: MeasureCommand.self)
}
