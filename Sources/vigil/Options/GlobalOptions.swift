import ArgumentParser
import VigilCore
import VigilDaemon

/// What every command that speaks to people or to the daemon takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's configuration; names its control socket.", valueName: "file"))
    var config = "/etc/vigil/vigil.yaml"

    @Option(help: ArgumentHelp("The daemon's control socket, instead of the configured one.", valueName: "path"))
    var socket: String?

    @Option(name: [.customShort("o"), .customLong("output")], help: "How to print: table for people, json for programs.")
    var output = OutputFormat.table

    @Option(help: ArgumentHelp("Language of what is printed for people: zh-CN or en. From LANG unless given.", valueName: "language"))
    var lang: Language = .ofEnvironment

    var client: ControlClient { ControlClient(socket: socket ?? Configuration.controlSocket(path: config)) }

    /// Prints text for people, or the value for programs.
    func print(_ value: some Encodable, text: @autoclosure () -> String) throws {
        switch output {
        case .table: StandardOutput.write(text())
        case .json: StandardOutput.write(try JSONText.line(value))
        }
    }
}
