import ArgumentParser
import Foundation
import VigilConsole
import VigilCore
import VigilDaemon

/// `vigil registry import FILE`.
struct RegistryImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Replaces the registry by a file, whole or not at all.",
        discussion: "Every fault is named with line and column. Without a running daemon the file goes into its store directly.")

    @Argument(help: "The YAML file, or - for standard input.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(
        help: ArgumentHelp(
            "Only over this version, as `vigil status` shows it: what somebody else changed since is not undone.", valueName: "version")
    )
    var over: Int?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let bytes = try read()
        let name = file == "-" ? "stdin" : file
        let result = try RegistryDesk(options: options).replace(by: bytes, name: name, over: over)
        guard let version = result.version else {
            throw CommandFailure(.finding, "\(name): nothing was imported", faults: result.faults, warnings: result.warnings)
        }
        options.warn(result.warnings)
        try options.print(result, text: Words.imported(version, result.counts)[options.lang])
    }

    private func read() throws -> [UInt8] {
        do {
            if file == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw CommandFailure(.usage, "cannot read \(file): \(error.systemWords)")
        }
    }
}
