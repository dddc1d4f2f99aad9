import ArgumentParser

/// `vigil registry`.
struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "Places, residents, devices and contacts, as one YAML file.",
        subcommands: [RegistryImportCommand.self, RegistryExportCommand.self])
}
