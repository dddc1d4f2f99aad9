import ArgumentParser
import VigilCore

/// What every command that speaks to people or to the daemon takes.
struct GlobalOptions: ParsableArguments {
    @OptionGroup var daemon: DaemonOptions

    @Option(name: [.customShort("o"), .customLong("output")], help: "How to print: table for people, json for programs.")
    var output = OutputFormat.table

    var config: String { daemon.config }
    var lang: Language { daemon.lang }
    var client: ControlClient { daemon.client }

    /// Names what is dangerous about something that was done; programs find it in the answer.
    func warn(_ warnings: [String]) {
        if output == .table { for warning in warnings { StandardError.write(warning) } }
    }

    /// Prints text for people, in which nothing steers their terminal, or the value for programs.
    func print(_ value: some Encodable, text: @autoclosure () -> String) throws {
        switch output {
        case .table: StandardOutput.write(text().printableLines)
        case .json: StandardOutput.write(try JSONText.line(value))
        }
    }
}
