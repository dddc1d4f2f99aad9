import ArgumentParser
import Foundation
import VigilCore
import VigilDaemon

/// Which daemon is asked, and in which language its answer is printed.
struct DaemonOptions: ParsableArguments {
    static let installedConfig = "/etc/vigil/vigil.yaml"

    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: ArgumentHelp(
            "The daemon's configuration; names its control socket. (default: \(Self.installedConfig))", valueName: "file"))
    var givenConfig: String?

    @Option(help: ArgumentHelp("The daemon's control socket, instead of the configured one.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("Language of what is printed for people: zh-CN or en. From LANG unless given.", valueName: "language"))
    var lang: Language = .ofEnvironment

    var config: String { givenConfig ?? Self.installedConfig }
    var client: ControlClient { ControlClient(socket: socket ?? Configuration.controlSocket(path: config), language: lang) }

    /// A file that was named and cannot be read must not end in a talk with another daemon, the one at the usual place.
    func validate() throws {
        guard let givenConfig, socket == nil else { return }
        do {
            _ = try Data(contentsOf: URL(filePath: givenConfig))
        } catch {
            throw ValidationError(
                "cannot read \(givenConfig): \(error.systemWords); name the daemon's configuration with --config, or its socket with --socket"
            )
        }
    }
}
