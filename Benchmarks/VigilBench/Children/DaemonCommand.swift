import ArgumentParser
import VigilDaemon

/// The daemon itself, as `vigil run` runs it: what the other commands start as a child.
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "child-daemon", abstract: "Runs the gateway with a configuration.", shouldDisplay: false)

    @Argument var configurationFile: String

    func run() async throws { throw ExitCode(await Daemon.run(configurationFile: configurationFile)) }
}
