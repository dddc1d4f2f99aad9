import ArgumentParser
import VigilDaemon

/// `vigil version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version of this program.")

    @OptionGroup var options: GlobalOptions

    private struct Answer: Encodable {
        let version: String
    }

    func run() throws { try options.print(Answer(version: BuildInfo.version), text: "vigil \(BuildInfo.version)") }
}
