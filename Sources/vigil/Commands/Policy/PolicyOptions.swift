import ArgumentParser
import VigilCore
import VigilDaemon

/// Which configuration and which registry are looked at; the daemon need not run.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: [.customShort("r"), .customLong("registry")],
        help: ArgumentHelp("A registry file; the one in the state directory unless given.", valueName: "file"))
    var registry: String?

    @OptionGroup var options: GlobalOptions

    func load() async throws -> (configuration: Configuration, document: RegistryDocument) {
        let configuration = try ConfigurationFile.load(options.config)
        if let registry {
            let document = try RegistryDocument.load(registry, decoders: configuration.decoders, language: configuration.language)
            return (configuration, document)
        }
        guard let stored = try await OfflineRegistry(configuration: configuration).stored() else {
            throw CommandFailure(.usage, Words.noRegistryYet(in: configuration.stateDirectory), options.lang)
        }
        return (configuration, RegistryDocument(registry: stored, places: [:]))
    }
}
