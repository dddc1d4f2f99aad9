import ArgumentParser
import VigilConsole
import VigilCore
import VigilDaemon
import VigilDevices

/// `vigil registry export`.
struct RegistryExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Prints the registry as a file that can be imported again.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let text = try await RegistryDesk(options: options).yaml()
        switch options.output {
        case .table: StandardOutput.write(text)
        case .json:
            let loaded = RegistryFile.read(
                Array(text.utf8), file: "registry", dialects: nil, language: .chinese)
            // Before the first import there is nothing that would read back.
            StandardOutput.write(try JSONText.line(loaded.registry ?? Registry()))
        }
    }
}
