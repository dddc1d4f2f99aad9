import ArgumentParser
import Foundation
import VigilDaemon

/// The one program: the daemon, and everything that an operator types.
@main
struct Vigil: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil",
        abstract: "Watches over people who live alone (守望).",
        discussion: """
            Exit codes: 0 done, 1 a finding or a refusal, 2 wrong usage, 75 try again later (the daemon is not running), \
            78 the configuration is wrong.
            """,
        version: "vigil \(BuildInfo.version)",
        subcommands: [
            RunCommand.self, CheckCommand.self, StatusCommand.self, AlertsCommand.self, CheckInCommand.self, SilenceCommand.self,
            ContextCommand.self, DrillCommand.self, BlindCommand.self, RegistryCommand.self,
            DevicesCommand.self, ReloadCommand.self, DecodeCommand.self, ReplayCommand.self, VersionCommand.self,
        ])

    /// The library's own exit code for wrong usage is 64; ours is 2, as for most tools of operators.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            for line in failure.lines { StandardError.write(line) }
            Foundation.exit(failure.status.rawValue)
        } catch {
            exit(parsing: error)
        }
    }

    private static func exit(parsing error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .validationFailure {
            StandardError.write(fullMessage(for: error))
            Foundation.exit(ExitStatus.usage.rawValue)
        }
        exit(withError: error)
    }
}
