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
            Checks the configuration with its conf.d, profiles, rules, channels and their secrets, and the registry against all of it: a file that \
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
        let loaded = Configuration.load(path: file ?? options.config, vocabulary: .vigil, judge: .installed)
        var faults = loaded.faults.faults
        if let registry {
            let decoders = loaded.readable?.decoders ?? .shipped
            let faulty = loaded.readable?.faultyDialects ?? []
            let read = RegistryFile.load(
                path: registry, dialects: decoders.dialects + faulty,
                liveness: decoders.liveness.merging(
                    // A faulty profile is named; that its devices have no class because of it is no second fault.
                    faulty.map { ($0, .oneWay) }, uniquingKeysWith: { known, _ in known }),
                language: loaded.readable?.language ?? .chinese)
            faults += (loaded.readable.map { read.checked(against: $0, readDespite: loaded.faults) } ?? read).faults.faults
        } else if let configuration = loaded.configuration {
            faults += await checkStored(configuration)
        }
        let report = CheckReport(
            faults, files: loaded.files + (registry.map { [$0] } ?? []), replaced: loaded.readable?.replacedProfiles ?? [])
        try options.print(report, text: report.text(options.lang))
        if !report.errors.isEmpty { throw ExitCode(ExitStatus.configuration.rawValue) }
        if strict && !report.warnings.isEmpty { throw ExitCode(ExitStatus.finding.rawValue) }
    }

    /// The registry in the state directory, where there is one.
    private func checkStored(_ configuration: Configuration) async -> [SettingFault] {
        guard FileManager.default.fileExists(atPath: "\(configuration.stateDirectory)/\(Store.fileName)") else { return [] }
        do {
            guard let registry = try await StoreReader(directory: configuration.stateDirectory).registry() else { return [] }
            return RegistryFile.crossCheck(registry: registry, configuration: configuration).faults
        } catch {
            StandardError.write("vigil: the registry is not checked: \(error)")
            return []
        }
    }
}
