import ArgumentParser
import Foundation
import VigilConsole
import VigilCore
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
            ContextCommand.self, DrillCommand.self, BlindCommand.self, CoverCommand.self, ReportCommand.self, CallSheetCommand.self,
            TestsCommand.self,
            VisitsCommand.self, PolicyCommand.self,
            RegistryCommand.self, DevicesCommand.self, BluetoothCommand.self, ReloadCommand.self,
            DecodeCommand.self, ReplayCommand.self, VersionCommand.self,
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
        } catch {
            end(error)
        }
    }

    /// For programs a refusal is the one JSON object that they read, and nothing on standard error.
    private static func end(_ error: any Error) -> Never {
        let isForPrograms = OutputFormat.asked(in: CommandLine.arguments) == .json
        if let failure = error as? CommandFailure {
            if isForPrograms { tell(failure.report) } else { for line in failure.lines { StandardError.write(line.printableLines) } }
            Foundation.exit(failure.status.rawValue)
        }
        let code = exitCode(for: error)
        // A command that has said everything, and help, are no refusals.
        if error is ExitCode || code == .success { exit(withError: error) }
        if isForPrograms { tell(ErrorReport(error: message(for: error))) } else { StandardError.write(fullMessage(for: error)) }
        Foundation.exit(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
    }

    private static func tell(_ report: ErrorReport) {
        // Text in known shapes always becomes JSON.
        if let line = try? JSONText.line(report) { StandardOutput.write(line) }
    }
}
