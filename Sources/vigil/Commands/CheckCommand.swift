import ArgumentParser
import Foundation
import VigilCore
import VigilDaemon
import VigilDevices
import VigilStore

/// `vigil check [FILE]`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Names everything that `run` would refuse, and what is valid but dangerous.",
        discussion: """
            Checks the configuration with its conf.d, rules, channels and their secrets, and the registry against all of it: a file that \
            is named, otherwise the one in the state directory. Ends with 78 on errors, with 1 on warnings under --strict.
            """)

    @Argument(help: "The configuration; /etc/vigil/vigil.yaml, or what --config says, unless given.")
    var file: String?

    @Option(help: ArgumentHelp("A registry file to check with it.", valueName: "file"))
    var registry: String?

    @Flag(help: "Warnings count as well.")
    var strict = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let loaded = Configuration.load(path: file ?? options.config, vocabulary: .vigil)
        var faults = loaded.faults.faults
        if let configuration = loaded.configuration {
            faults += try await checkRegistry(configuration)
        } else if let registry {
            faults += RegistryFile.load(path: registry, dialects: dialects, language: .chinese).faults.faults
        }
        let report = CheckReport(faults, files: loaded.files + (registry.map { [$0] } ?? []))
        try options.print(report, text: report.text(options.lang))
        if !report.errors.isEmpty { throw ExitCode(ExitStatus.configuration.rawValue) }
        if strict && !report.warnings.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
    }

    private var dialects: [Dialect] { DecoderRegistry().entries.map(\.dialect) }

    private func checkRegistry(_ configuration: Configuration) async throws -> [SettingFault] {
        let offline = OfflineRegistry(configuration: configuration)
        if let path = registry {
            let loaded = RegistryFile.load(path: path, dialects: dialects, language: configuration.language)
            guard let registry = loaded.registry else { return loaded.faults.faults }
            return loaded.faults.faults + offline.crossCheck(registry, places: loaded.places).faults
        }
        guard FileManager.default.fileExists(atPath: "\(configuration.stateDirectory)/\(Store.fileName)") else { return [] }
        do {
            guard let registry = try await StoreReader(directory: configuration.stateDirectory).registry() else { return [] }
            return offline.crossCheck(registry, places: [:]).faults
        } catch {
            StandardError.write("vigil: the registry is not checked: \(error)")
            return []
        }
    }
}
