import ArgumentParser
import Foundation
import VigilDaemon

/// `vigil run`: the daemon itself.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs the daemon until a signal ends it; systemd does this.",
        discussion: "SIGHUP reads the configuration again and reopens the alert log; SIGTERM ends it in order.")

    @Option(name: [.short, .long], help: ArgumentHelp("The configuration.", valueName: "file"))
    var config = "/etc/vigil/vigil.yaml"

    func run() async throws { Foundation.exit(await Daemon.run(configurationFile: config)) }
}
